-- The queries of cubes that every oracle is asked about, in the form of corpus.sql; the cubes are those of cubes.sql.

-- the total
SELECT AGGREGATE("Quantity.SUM") FROM "Sales cube";

-- the total as a plain sum
SELECT SUM("Quantity"), COUNT(*), COUNT("City"), AVG("Unit price") FROM "Sales cube";

-- how many rows there are
SELECT COUNT(*) FROM "Sales cube";

-- all columns of all rows
SELECT * FROM "Sales cube";

-- all columns through a sub-query and a common table expression
WITH c AS (SELECT * FROM "Sales cube") SELECT COUNT(*), MIN("City"), MAX("Sale ID"), SUM("Quantity") FROM (SELECT * FROM c);

-- totals by city
SELECT "City", AGGREGATE("Quantity.SUM") FROM "Sales cube" GROUP BY ROLLUP("City") ORDER BY "City", GROUPING("City");

-- totals by cube
SELECT "Country", "Shop size", AGGREGATE("Turnover"), SUM("Quantity" * "Unit price"), GROUPING("Country", "Shop size")
FROM "Sales cube" GROUP BY CUBE("Country", "Shop size");

-- totals by grouping sets
SELECT "Land", "Town", "Date", AGGREGATE("contributors.COUNT"), GROUPING("Land", "Town", "Date") FROM "Sales cube"
GROUP BY GROUPING SETS (("Land", "Town"), ("Date"), ("Town"), ());

-- the path of a hierarchy, from which a NULL among the values must be told
SELECT "Land", "Region", "Town", AGGREGATE("Quantity.SUM"), GROUPING("Region"), GROUPING("Town") FROM "Sales cube"
GROUP BY ROLLUP("Land", "Region", "Town");

-- a mean
SELECT "Shop size", AGGREGATE("Quantity.MEAN"), AGGREGATE("Unit price.MEAN") FROM "Sales cube" GROUP BY ROLLUP("Shop size");

-- a ratio
SELECT "City", "Date", AGGREGATE("Price") FROM "Sales cube" GROUP BY ROLLUP("City", "Date");

-- a measure with a filter of its own
SELECT "Country", AGGREGATE("Big"), AGGREGATE("Few"), AGGREGATE("Quantity.SUM") FROM "Sales cube" GROUP BY ROLLUP("Country");

-- a measure with a filter of its own, filtered
SELECT "Country", AGGREGATE("Big") FILTER (WHERE "Date" > DATE '2021-01-20'), AGGREGATE("Few") FILTER (WHERE "City" LIKE '%s')
FROM "Sales cube" GROUP BY CUBE("Country");

-- a share
SELECT "City", AGGREGATE("City share"), AGGREGATE("Quantity.SUM") FROM "Sales cube" GROUP BY ROLLUP("City");

-- a share by two levels
SELECT "Country", "City", AGGREGATE("City share"), AGGREGATE("Share"), AGGREGATE("Turnover") FROM "Sales cube"
GROUP BY GROUPING SETS (("Country", "City"), ("City"), ("Country"), ());

-- a share without groups
SELECT AGGREGATE("City share"), AGGREGATE("Share"), AGGREGATE("Turnover") FROM "Sales cube";

-- another level in the query itself
SELECT "Shop size", "City", AGGREGATE("Quantity.SUM") - AGGREGATE("Quantity.SUM") AT (ALL "Shop size"),
    AGGREGATE("Quantity.SUM") AT (ALL "City", "Shop size"), AGGREGATE("Turnover") AT (ALL)
FROM "Sales cube" GROUP BY CUBE("Shop size", "City");

-- another level, of a measure with a filter
SELECT "Shop size", AGGREGATE("Big") AT (ALL "Shop size"), AGGREGATE("contributors.COUNT") AT (ALL) FROM "Sales cube"
WHERE "Date" > DATE '2021-01-10' GROUP BY "Shop size";

-- another level by a computed key
SELECT UPPER("City"), COALESCE("Region", 'none'), AGGREGATE("Quantity.SUM") AT (ALL "City"), AGGREGATE("Quantity.SUM")
FROM "Sales cube" GROUP BY ROLLUP(UPPER("City"), COALESCE("Region", 'none'));

-- distinct values counted
SELECT "Shop size", AGGREGATE("Cities"), AGGREGATE("Shops"), COUNT(DISTINCT "Product") FROM "Sales cube" GROUP BY ROLLUP("Shop size");

-- having and order
SELECT "Date", AGGREGATE("Quantity.SUM") FROM "Sales cube" GROUP BY "Date"
HAVING AGGREGATE("contributors.COUNT") > 1 ORDER BY AGGREGATE("Quantity.SUM") DESC, "Date" LIMIT 7;

-- having alone
SELECT AGGREGATE("Turnover") FROM "Sales cube" HAVING AGGREGATE("Quantity.SUM") > 1;

-- rows chosen by a level that is not shown
SELECT AGGREGATE("Quantity.SUM"), AGGREGATE("Share") FROM "Sales cube" WHERE "City" >= 'L' AND "Shop size" <> 'medium' OR "City" = 'Paris' OR "City" LIKE 'C%' OR "City" IS NULL;

-- rows chosen by a sub-query on a table
SELECT "City", AGGREGATE("Quantity.SUM") FROM "Sales cube"
WHERE "Shop" IN (SELECT "Shop ID" FROM "Shops" WHERE "City" IS NOT NULL) GROUP BY ROLLUP("City");

-- rows chosen by a sub-query on the cube
SELECT "Shop", SUM("Quantity") FROM "Sales cube"
WHERE "Quantity" >= (SELECT AGGREGATE("Quantity.MEAN") FROM "Sales cube") GROUP BY ROLLUP("Shop");

-- a table's rows chosen by a cube
SELECT COUNT(*), MIN("Shop ID"), MAX("City") FROM "Shops"
WHERE "Shop ID" IN (SELECT "Shop" FROM "Sales cube" GROUP BY "Shop" HAVING AGGREGATE("Quantity.SUM") > 2);

-- a cube joined with a table
SELECT s."City", SUM(c."Quantity"), COUNT(*) FROM "Sales cube" AS c LEFT JOIN "Shops" AS s ON c."Shop" = s."Shop ID" GROUP BY ROLLUP(s."City");

-- groups of a cube joined with a table
SELECT s."Shop ID", s."City", q FROM "Shops" AS s
FULL JOIN (SELECT "Shop", AGGREGATE("Quantity.SUM") AS q FROM "Sales cube" GROUP BY ROLLUP("Shop")) AS c ON s."Shop ID" = c."Shop";

-- a scalar sub-query for each row of a table
SELECT s."Shop ID", (SELECT AGGREGATE(c."Quantity.SUM") FROM "Sales cube" AS c WHERE c."City" = s."City") FROM "Shops" AS s;

-- a lateral cube
SELECT s."Shop ID", c.q FROM "Shops" AS s
CROSS JOIN LATERAL (SELECT SUM("Quantity") AS q FROM "Sales cube" AS x WHERE x."Shop" = s."Shop ID") AS c;

-- exists
SELECT COUNT(*) FROM "Shops" AS s WHERE EXISTS (SELECT * FROM "Sales cube" AS c WHERE c."City" = s."City" AND c."Quantity" = 1);

-- a union
SELECT "City", AGGREGATE("Quantity.SUM") FROM "Sales cube" GROUP BY "City"
UNION ALL SELECT 'total', AGGREGATE("Quantity.SUM") FROM "Sales cube";

-- what the cube has and the tables have not
SELECT "Sale ID", "Shop", "Quantity" FROM "Sales" UNION ALL
(SELECT "Sale ID", "Shop", "Quantity" FROM "Sales cube" EXCEPT SELECT "Sale ID", "Shop", "Quantity" FROM "Sales");

-- distinct members
SELECT DISTINCT "Land", "Region", "Town", "Shop" FROM "Sales cube";

-- distinct results
SELECT DISTINCT AGGREGATE("Quantity.SUM"), AGGREGATE("Turnover") FROM "Sales cube" GROUP BY GROUPING SETS (("Date"), ());

-- a window over groups
SELECT "Date", SUM(AGGREGATE("Quantity.SUM")) OVER (ORDER BY "Date"), RANK() OVER (ORDER BY AGGREGATE("Turnover") DESC)
FROM "Sales cube" GROUP BY "Date" ORDER BY "Date";

-- a window over rows
SELECT "Sale ID", SUM("Quantity") OVER (PARTITION BY "City") FROM "Sales cube";

-- a page of rows
SELECT "Sale ID", "Town", "Quantity" FROM "Sales cube" ORDER BY "Sale ID" DESC LIMIT 9 OFFSET 2;

-- groups of groups
SELECT "Country", MAX(q), COUNT(*) FROM
(SELECT "Country", "Date", AGGREGATE("Quantity.SUM") AS q FROM "Sales cube" GROUP BY "Country", "Date") GROUP BY ROLLUP("Country");

-- the first day
SELECT "Shop", AGGREGATE("First day"), AGGREGATE("contributors.COUNT") FROM "Sales cube" GROUP BY ROLLUP("Shop");

-- a measure that reads a context value
SELECT "City", AGGREGATE("Paid") FROM "Sales cube" GROUP BY ROLLUP("City");

-- a measure that reads who asks
SELECT "City", AGGREGATE("Own") FROM "Sales cube" GROUP BY ROLLUP("City");

-- the greatest text
SELECT "Date", AGGREGATE("Last product"), AGGREGATE("contributors.COUNT") FROM "Sales cube" GROUP BY ROLLUP("Date");

-- a division in a measure
SELECT AGGREGATE("Inverse") FROM "Sales cube";

-- a division in a measure, by city
SELECT "City", AGGREGATE("Inverse"), AGGREGATE("Inverse") AT (ALL "City") FROM "Sales cube" GROUP BY ROLLUP("City");

-- a cast in a measure
SELECT AGGREGATE("Number"), AGGREGATE("Quantity.SUM") FROM "Sales cube";

-- a cast in a measure and a division in its filter
SELECT "Date", AGGREGATE("Numbers of big") FROM "Sales cube" GROUP BY ROLLUP("Date");

-- a product in a measure that can be too large
SELECT AGGREGATE("Tenfold"), AGGREGATE("contributors.COUNT") FROM "Sales cube";

-- a cast of a level
SELECT CAST(SUBSTRING("Shop" FROM 6) AS INTEGER), AGGREGATE("Quantity.SUM") FROM "Sales cube" GROUP BY CAST(SUBSTRING("Shop" FROM 6) AS INTEGER);

-- a cast of a level beneath a total
SELECT SUM(CAST(SUBSTRING("Shop ID" FROM 6) AS INTEGER)), SUM(10 / "Quantity") FROM "Sales cube" WHERE 6 / "Quantity" > 1;

-- a cast in the filter of a measure
SELECT AGGREGATE("Quantity.SUM") FILTER (WHERE CAST(SUBSTRING("Shop ID" FROM 6) AS INTEGER) < 100),
    AGGREGATE("Big") FILTER (WHERE 8 / "Quantity" > 1), AGGREGATE("contributors.COUNT") FROM "Sales cube";

-- a cast in the rows of the cube, before a lifted measure
SELECT "City", AGGREGATE("Quantity.SUM") AT (ALL "City") FROM "Sales cube"
WHERE CAST(SUBSTRING("Shop ID" FROM 6) AS INTEGER) < 100 GROUP BY "City";

-- a division of a cube's row in the condition of a join
SELECT COUNT(*) FROM "Sales cube" AS c JOIN "Shops" AS s ON s."Shop ID" = c."Shop" AND 12 / c."Quantity" > 2;

-- at the default member and the first size
SELECT AGGREGATE("Quantity.SUM") AS q, (SELECT COUNT(*) FROM "Shops") FROM "Sliced cube";

-- at the default member, by size
SELECT "Shop size", AGGREGATE("Quantity.SUM"), (SELECT COUNT(*) FROM "Shops") FROM "Sliced cube" GROUP BY ROLLUP("Shop size");

-- at the first size, by city
SELECT "City", AGGREGATE("Quantity.SUM"), AGGREGATE("Number") FROM "Sliced cube" GROUP BY ROLLUP("City");

-- with all hierarchies named
SELECT "Country", "City", "Shop size", AGGREGATE("Quantity.SUM") FROM "Sliced cube" GROUP BY CUBE("Country", "City", "Shop size");

-- a default member lifted by a condition
SELECT AGGREGATE("Quantity.SUM"), COUNT(*) FROM "Sliced cube" WHERE ("City" <> 'x' OR "City" IS NULL) AND ("Shop size" <> 'x' OR "Shop size" IS NULL);

-- what is hidden is not in the star
SELECT * FROM "Sliced cube";
