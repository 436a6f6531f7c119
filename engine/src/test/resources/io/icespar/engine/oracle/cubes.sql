-- The cubes of the sample, for cube-corpus.sql. What is said of them is said to everyone or to single users, so that it
-- holds alike where nobody holds a role that restricts.
CREATE CONTEXT VALUE currency VARCHAR DEFAULT 'EUR';
ALTER USER "french-user" SET currency = 'USD';
ALTER USER "mixed-user" SET currency = 'USD';

CREATE CUBE "Sales cube" ON "Sales" AUTO (
    HIERARCHY "Geography" (LEVEL "Land" AS "Country", LEVEL "Region" AS "State or region", LEVEL "Town" AS "City"),
    MEASURE "Turnover" AS SUM("Quantity" * "Unit price") FORMAT '#,##0.00' DESCRIPTION 'what was paid',
    MEASURE "Big" AS SUM("Quantity") FILTER (WHERE "Shop size" = 'big'),
    MEASURE "Few" AS COUNT(*) FILTER (WHERE "Quantity" < 2),
    MEASURE "Price" AS AGGREGATE("Turnover") / AGGREGATE("Quantity.SUM"),
    MEASURE "City share" AS CAST(AGGREGATE("Quantity.SUM") AS DOUBLE) / AGGREGATE("Quantity.SUM") AT (ALL "City"),
    MEASURE "Share" AS CAST(AGGREGATE("Turnover") AS DOUBLE) / AGGREGATE("Turnover") AT (ALL),
    MEASURE "Cities" AS COUNT(DISTINCT "City"),
    MEASURE "Shops" AS COUNT(DISTINCT "Shops"."Shop ID"),
    MEASURE "First day" AS MIN("Date"),
    MEASURE "Inverse" AS SUM(1000 / "Quantity"),
    MEASURE "Number" AS MAX(CAST(SUBSTRING("Shop ID" FROM 6) AS INTEGER)),
    MEASURE "Numbers of big" AS SUM(CAST(SUBSTRING("Shop ID" FROM 6) AS INTEGER)) FILTER (WHERE 12 / "Quantity" > 4),
    MEASURE "Tenfold" AS MAX("Quantity" * 1000000000000),
    MEASURE "Last product" AS MAX("Product"),
    MEASURE "Paid" AS SUM("Quantity" * "Unit price" * CASE CONTEXT_VALUE('currency') WHEN 'USD' THEN 1.1 ELSE 1 END),
    MEASURE "Own" AS SUM("Quantity") FILTER (WHERE CURRENT_USER <> "City")
);

-- A hierarchy that has no member for all, and one with default members.
CREATE CUBE "Sliced cube" ON "Sales" (
    HIERARCHY "Size" (LEVEL "Shop size" AS "Shop size") SLICING,
    HIERARCHY "Geography" (LEVEL "Country" AS "Country", LEVEL "City" AS "City"),
    HIERARCHY "Product" (LEVEL "Product" AS "Product") DIMENSION "Things",
    MEASURE "Quantity.SUM" AS SUM("Quantity"),
    MEASURE "Number" AS MAX(CAST(SUBSTRING("Shop ID" FROM 6) AS INTEGER))
);
ALTER ROLE ROLE_USER SET DEFAULT MEMBER OF HIERARCHY "Geography" IN CUBE "Sliced cube" TO ('France');
ALTER USER "mapped-user" SET DEFAULT MEMBER OF HIERARCHY "Geography" IN CUBE "Sliced cube" TO ('USA', 'Chicago');
ALTER ROLE PUBLIC SET VISIBILITY OF DIMENSION "Things" IN CUBE "Sliced cube" HIDDEN;
