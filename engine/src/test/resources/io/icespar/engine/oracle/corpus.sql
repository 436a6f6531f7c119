-- The queries that every oracle is asked about. Two dashes begin a query's name, or, with a question mark, its parameters.
-- Each must be able to tell: its answer depends on rows that each of the sample's users may not see.

-- the total, with Shops not named
SELECT SUM("Quantity") FROM "Sales";

-- how many rows there are
SELECT COUNT(*) FROM "Sales";

-- how many rows there are, of the referenced table
SELECT COUNT(*), MIN("Shop ID"), MAX("City") FROM "Shops";

-- the whole of the referenced table
SELECT * FROM "Shops";

-- the whole of the referencing table
SELECT * FROM "Sales";

-- TABLE as a query
TABLE "Shops";

-- totals by city, and over all of them
SELECT "City", SUM("Quantity") AS "Total" FROM "Sales" JOIN "Shops" ON "Shop" = "Shop ID" GROUP BY ROLLUP("City") ORDER BY "City";

-- totals by cube
SELECT "Country", "Shop size", COUNT(*), GROUPING("Country", "Shop size") FROM "Sales" JOIN "Shops" ON "Shop" = "Shop ID" GROUP BY CUBE("Country", "Shop size");

-- totals by grouping sets
SELECT "City", "Product", MAX("Quantity"), COUNT(*) FROM "Sales" JOIN "Shops" ON "Shop" = "Shop ID"
GROUP BY GROUPING SETS (("City", "Product"), ("City"), ());

-- grouped by the reference itself
SELECT "Shop", COUNT(*) FROM "Sales" GROUP BY "Shop";

-- distinct values
SELECT DISTINCT "City", "Country" FROM "Shops";

-- distinct values counted
SELECT COUNT(DISTINCT "Shop"), COUNT(DISTINCT "Sale ID") FROM "Sales";

-- an aggregate with a filter
SELECT COUNT(*) FILTER (WHERE "Quantity" = 1), SUM("Quantity") FILTER (WHERE "Product" LIKE 'TAB%' OR "Quantity" < 3) FROM "Sales";

-- having
SELECT "City", COUNT(*) FROM "Shops" GROUP BY "City" HAVING COUNT(*) > 0;

-- the least and the greatest
SELECT MIN("Sale ID"), MAX("Sale ID"), MIN("Date"), MAX("Date"), MIN("Shop"), COUNT(DISTINCT "Shop") FROM "Sales";

-- the first rows
SELECT "Sale ID", "Shop", "Quantity" FROM "Sales" ORDER BY "Sale ID" LIMIT 5;

-- a limit without order
SELECT COUNT(*) FROM (SELECT "Sale ID" FROM "Sales" LIMIT 1000000 OFFSET 10);

-- a page in the middle
SELECT "Sale ID", "Date", "Product" FROM "Sales" ORDER BY "Date" DESC, "Sale ID" OFFSET 40 ROWS FETCH NEXT 10 ROWS ONLY;

-- past the last row that is seen
SELECT "Sale ID" FROM "Sales" ORDER BY "Sale ID" OFFSET 3000 ROWS;

-- exists
SELECT COUNT(*), MIN("Sale ID") FROM "Sales" s WHERE EXISTS (SELECT 1 FROM "Shops" x WHERE x."Shop ID" = s."Shop");

-- not exists
SELECT "Shop ID" FROM "Shops" x WHERE NOT EXISTS (SELECT 1 FROM "Sales" s WHERE s."Shop" = x."Shop ID" AND s."Quantity" > 3 AND s."Sale ID" < 'S000000100');

-- in
SELECT COUNT(*), SUM("Quantity") FROM "Sales" WHERE "Shop" IN (SELECT "Shop ID" FROM "Shops" WHERE "Shop size" <> 'huge');

-- not in
SELECT COUNT(*), SUM("Quantity") FROM "Sales" WHERE "Shop" NOT IN (SELECT "Shop ID" FROM "Shops" WHERE "City" = 'Berlin');

-- in, of rows that are looked up in what depends on them
SELECT COUNT(*), SUM("Quantity") FROM "Sales" s WHERE (s."Shop", 'Paris') NOT IN (SELECT x."Shop ID", x."City" FROM "Shops" x WHERE x."Shop ID" <= s."Shop");

-- in a table that is not named otherwise
SELECT x.n, x.n IN (SELECT "City" FROM "Shops") FROM (VALUES ('Paris'), ('Lyon'), ('New York'), ('Chicago'), ('Houston')) AS x(n);

-- not in a table that is not named otherwise
SELECT x.n FROM (VALUES ('shop_0'), ('shop_8'), ('shop_9'), ('shop_11'), ('shop_21'), ('shop_14')) AS x(n) WHERE x.n NOT IN (SELECT "Shop ID" FROM "Shops");

-- some and all
SELECT COUNT(*), SUM("Quantity") FROM "Sales" WHERE "Quantity" >= ALL (SELECT s."Quantity" FROM "Sales" s WHERE s."Product" LIKE 'TAB%' OR s."Product" LIKE 'CANARY%')
OR "Shop" = SOME (SELECT "Shop ID" FROM "Shops");

-- a scalar sub-query in the list
SELECT (SELECT SUM("Quantity") FROM "Sales") AS t, (SELECT COUNT(*) FROM "Shops") AS n;

-- a correlated scalar sub-query in the list
SELECT "Shop ID", (SELECT COUNT(*) FROM "Sales" s WHERE s."Shop" = x."Shop ID") AS n FROM "Shops" x;

-- a scalar sub-query in a condition
SELECT COUNT(*), SUM("Quantity") FROM "Sales" WHERE "Sale ID" <= (SELECT MAX(s."Sale ID") FROM "Sales" s);

-- a scalar sub-query in having
SELECT "Shop", COUNT(*) FROM "Sales" GROUP BY "Shop" HAVING COUNT(*) >= (SELECT MIN(n) FROM (SELECT COUNT(*) AS n FROM "Sales" GROUP BY "Shop") AS m);

-- a sub-query in the condition of a join
SELECT COUNT(*), MIN(x."City") FROM "Sales" s JOIN "Shops" x ON s."Shop" = x."Shop ID" AND s."Quantity" <= (SELECT MAX(t."Quantity") FROM "Sales" t);

-- a scalar sub-query to sort by
SELECT "Shop ID" FROM "Shops" x ORDER BY (SELECT COUNT(*) FROM "Sales" s WHERE s."Shop" = x."Shop ID") DESC, "Shop ID";

-- a common table expression
WITH "Mine" AS (SELECT * FROM "Shops") SELECT "Country", COUNT(*) FROM "Mine" GROUP BY "Country";

-- common table expressions in each other
WITH a AS (SELECT "Shop", SUM("Quantity") AS q FROM "Sales" GROUP BY "Shop"), b AS (WITH c AS (SELECT * FROM a) SELECT c."Shop", c.q FROM c)
SELECT COUNT(*), SUM(b.q) FROM b JOIN a ON a."Shop" = b."Shop";

-- a common table expression by the name of the table that it reads
WITH "Shops" AS (SELECT "City" AS "Shop ID" FROM retail."Shops") SELECT * FROM "Shops";

-- a common table expression by the name of a table that a restriction reads
WITH "Access" AS (SELECT 'x' AS "Who", "City" FROM "Shops") SELECT s."City", COUNT(*) FROM "Shops" s JOIN "Access" a ON a."City" = s."City" GROUP BY s."City";

-- columns by the names that a restriction reads
SELECT "Country" AS "City", 'Paris' AS "Country", 'big' AS "Shop size", "City" AS "Shop ID" FROM "Shops" WHERE "City" <> 'Paris' OR "Country" = 'France';

-- an alias by the name of another table
SELECT "Sales"."City", "Shops"."Quantity" FROM "Shops" AS "Sales" JOIN "Sales" AS "Shops" ON "Shops"."Shop" = "Sales"."Shop ID" WHERE "Shops"."Quantity" > 1;

-- names in other case and in full
select "shop id", SHOPS."CITY" from RETAIL.shops order by "SHOP ID";

-- union
SELECT "City" FROM "Shops" UNION SELECT "Country" FROM "Shops" UNION SELECT "Shop" FROM "Sales";

-- union all
SELECT "Shop ID" AS k FROM "Shops" UNION ALL SELECT "Shop" FROM "Sales" WHERE "Quantity" <> 2;

-- intersect
SELECT "Shop" FROM "Sales" INTERSECT SELECT "Shop ID" FROM "Shops";

-- intersect all
SELECT "Product" FROM "Sales" WHERE "Quantity" = 1 INTERSECT ALL SELECT "Product" FROM "Sales" WHERE "Quantity" < 3;

-- except: what is hidden must not show by its absence
SELECT * FROM (VALUES ('Paris'), ('Lyon'), ('Nice'), ('New York'), ('Chicago')) AS x(n) EXCEPT SELECT "City" FROM "Shops";

-- except all
SELECT "Shop" FROM "Sales" EXCEPT ALL SELECT "Shop ID" FROM "Shops";

-- except, the other way
SELECT "Shop ID" FROM "Shops" EXCEPT SELECT s."Shop" FROM "Sales" s WHERE s."Quantity" > 10;

-- values and rows
SELECT v.c, COUNT(s."Shop ID") FROM (VALUES ('Paris'), ('New York'), ('Lyon'), ('Chicago'), ('Houston'), ('Nice')) AS v(c) LEFT JOIN "Shops" s ON s."City" = v.c GROUP BY v.c;

-- ranks
SELECT "Shop ID", RANK() OVER (PARTITION BY "Country" ORDER BY "Shop size"), ROW_NUMBER() OVER (ORDER BY "Shop ID") FROM "Shops";

-- neighbours
SELECT "Shop ID", LAG("Shop ID") OVER (ORDER BY "Shop ID"), LEAD("City", 2) OVER (ORDER BY "Shop ID"), FIRST_VALUE("City") OVER (ORDER BY "Shop ID") FROM "Shops";

-- running totals
SELECT "Sale ID", SUM("Quantity") OVER (PARTITION BY "Shop" ORDER BY "Sale ID" ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) FROM "Sales" WHERE "Product" LIKE 'TAB%' OR "Product" LIKE 'CANARY 1%';

-- shares of a total
SELECT "Shop", COUNT(*) * 100 / SUM(COUNT(*)) OVER () FROM "Sales" GROUP BY "Shop";

-- a left join
SELECT s."Sale ID", x."City" FROM "Sales" s LEFT JOIN "Shops" x ON s."Shop" = x."Shop ID" AND x."Shop size" <> 'medium' WHERE s."Quantity" > 1 OR s."Quantity" < 1;

-- a left join of the referenced table
SELECT x."Shop ID", s."Sale ID" FROM "Shops" x LEFT JOIN "Sales" s ON s."Shop" = x."Shop ID" AND s."Quantity" = 4;

-- a right join
SELECT x."City", s."Sale ID" FROM "Shops" x RIGHT JOIN "Sales" s ON s."Shop" = x."Shop ID" AND x."Shop size" = 'big' WHERE s."Quantity" > 1 OR s."Quantity" < 1;

-- a full join
SELECT x."Shop ID", COUNT(s."Sale ID"), COUNT(*) FROM "Shops" x FULL JOIN "Sales" s ON s."Shop" = x."Shop ID" AND s."Quantity" = 2 GROUP BY x."Shop ID";

-- a cross join
SELECT COUNT(*), MIN(x."City"), MAX(y."City") FROM "Shops" x CROSS JOIN "Shops" y;

-- a self-join
SELECT a."Shop ID", b."Shop ID" FROM "Shops" a JOIN "Shops" b ON a."City" = b."City" AND a."Shop ID" <= b."Shop ID";

-- a natural join with itself
SELECT COUNT(*), MIN("Shop ID") FROM "Shops" AS a NATURAL JOIN "Shops" AS b;

-- a join by using
SELECT COUNT(*), MIN("City") FROM "Shops" a JOIN (SELECT "Shop" AS "Shop ID" FROM "Sales") b USING ("Shop ID");

-- a join that only counts
SELECT COUNT(*), SUM(s."Quantity") FROM "Sales" s, "Shops" x, "Sales" t WHERE s."Shop" = x."Shop ID" AND t."Sale ID" = s."Sale ID";

-- lateral
SELECT x."Shop ID", l.n, l.q FROM "Shops" x, LATERAL (SELECT COUNT(*) AS n, SUM(s."Quantity") AS q FROM "Sales" s WHERE s."Shop" = x."Shop ID" AND s."Quantity" <= 4) AS l;

-- lateral with a limit
SELECT x."Shop ID", l."Sale ID" FROM "Shops" x CROSS JOIN LATERAL (SELECT s."Sale ID" FROM "Sales" s WHERE s."Shop" = x."Shop ID" ORDER BY s."Sale ID" LIMIT 2) AS l;

-- lateral, outer
SELECT x."Shop ID", l.q FROM "Shops" x LEFT JOIN LATERAL (SELECT s."Quantity" AS q FROM "Sales" s WHERE s."Shop" = x."Shop ID" AND s."Sale ID" < 'S000000020') AS l ON l.q > 1;

-- correlated twice
SELECT x."Shop ID" FROM "Shops" x WHERE EXISTS (SELECT 1 FROM "Sales" s WHERE s."Shop" = x."Shop ID"
AND s."Quantity" >= (SELECT MAX(t."Quantity") FROM "Sales" t WHERE t."Shop" = x."Shop ID"));

-- correlated over two levels
SELECT x."Shop ID", (SELECT COUNT(*) FROM "Shops" y WHERE y."City" = x."City" AND EXISTS (SELECT 1 FROM "Sales" s WHERE s."Shop" = y."Shop ID" AND s."Shop" >= x."Shop ID")) FROM "Shops" x;

-- sub-queries in sub-queries
SELECT COUNT(*), SUM("Quantity") FROM "Sales" WHERE "Shop" IN (SELECT "Shop ID" FROM "Shops" WHERE "City" IN (SELECT "City" FROM "Shops" GROUP BY "City" HAVING COUNT(*) >= 1));

-- the difference of two sub-queries
SELECT (SELECT COUNT(*) FROM "Sales") - (SELECT COUNT(*) FROM "Shops") FROM (VALUES (1)) AS v(x);

-- a condition on what a restriction reads
SELECT COUNT(*), COUNT(DISTINCT "City") FROM "Shops" WHERE "City" = 'Paris' OR "City" <> 'Paris' OR "City" IS NULL;

-- the caller's name beside rows
SELECT CURRENT_USER, COUNT(*) FROM "Sales";

-- with a parameter
-- ? 1
SELECT COUNT(*), MAX("Sale ID") FROM "Sales" WHERE "Quantity" >= ?;

-- with parameters of several types, twice the same table
-- ? S, 1, 3
SELECT COUNT(*), SUM(s."Quantity") FROM "Sales" s WHERE s."Sale ID" >= ? AND s."Quantity" BETWEEN ? AND ? OR s."Shop" LIKE 'CANARY%';

-- with parameters in a sub-query and above it
-- ? France, USA, 0
SELECT COUNT(*), MIN("Shop") FROM "Sales" WHERE "Shop" IN (SELECT "Shop ID" FROM "Shops" WHERE "Country" = ? OR "Country" = ? OR "City" LIKE 'CANARY%') AND "Quantity" > ?;

-- with a parameter that is computed with
-- ? 6
SELECT MAX(CAST(SUBSTRING("Shop ID" FROM 6) AS BIGINT) + ?), COUNT(*) FROM "Shops";

-- a cast in the list
SELECT "Shop ID", CAST(SUBSTRING("Shop ID" FROM 6) AS INTEGER) FROM "Shops";

-- a cast in the list, over a reference
SELECT SUM(CAST(SUBSTRING("Sale ID" FROM 2) AS BIGINT)), COUNT(*) FROM "Sales";

-- a cast in a condition
SELECT COUNT(*), MAX("City") FROM "Shops" WHERE CAST(SUBSTRING("Shop ID" FROM 6) AS INTEGER) >= 0;

-- a cast in a condition, over a reference
SELECT COUNT(*), SUM("Quantity") FROM "Sales" WHERE CAST(SUBSTRING("Sale ID" FROM 2) AS BIGINT) >= 0;

-- a cast beside a condition that can be tested early
SELECT COUNT(*), SUM("Quantity") FROM "Sales" WHERE "Quantity" <= 9223372036854775807 AND CAST(SUBSTRING("Shop" FROM 6) AS INTEGER) >= 0;

-- a cast in the condition of a join
SELECT COUNT(*), MIN(x."City") FROM "Sales" s JOIN "Shops" x ON s."Shop" = x."Shop ID" AND CAST(SUBSTRING(s."Sale ID" FROM 2) AS BIGINT) >= CAST(SUBSTRING(x."Shop ID" FROM 6) AS INTEGER) - 100;

-- a join by nothing but a cast
SELECT COUNT(*), MIN(a."City") FROM "Shops" a JOIN "Shops" b ON CAST(SUBSTRING(a."Shop ID" FROM 6) AS INTEGER) = CAST(SUBSTRING(b."Shop ID" FROM 6) AS BIGINT);

-- a cast in the condition of an outer join
SELECT COUNT(*), COUNT(x."City") FROM "Sales" s LEFT JOIN "Shops" x ON CAST(SUBSTRING(s."Shop" FROM 6) AS INTEGER) = CAST(SUBSTRING(x."Shop ID" FROM 6) AS INTEGER);

-- a cast in the condition of a full join
SELECT COUNT(*), COUNT(a."City"), COUNT(b."City") FROM "Shops" a FULL JOIN "Shops" b ON CAST(SUBSTRING(a."Shop ID" FROM 6) AS INTEGER) = CAST(SUBSTRING(b."Shop ID" FROM 6) AS INTEGER) + 13;

-- a cast to join values by
SELECT v.k, COUNT(*), MIN(s."Shop") FROM "Sales" s JOIN (VALUES (0), (7), (8), (9), (11), (21)) AS v(k) ON CAST(SUBSTRING(s."Sale ID" FROM 2) AS INTEGER) = v.k GROUP BY v.k;

-- a cast to look for values by
SELECT v.k, (SELECT COUNT(*) FROM "Sales" s WHERE CAST(SUBSTRING(s."Shop" FROM 6) AS INTEGER) = v.k) FROM (VALUES (0), (7), (8), (9), (11), (21)) AS v(k);

-- a cast in having
SELECT "Shop", COUNT(*) FROM "Sales" GROUP BY "Shop" HAVING CAST(SUBSTRING("Shop" FROM 6) AS INTEGER) >= 0;

-- a cast in having, of an aggregate
SELECT "Shop size", COUNT(*) FROM "Shops" GROUP BY "Shop size" HAVING CAST(SUBSTRING(MIN("Shop ID") FROM 6) AS INTEGER) >= 0;

-- a cast to sort by
SELECT "Shop ID", "City" FROM "Shops" ORDER BY CAST(SUBSTRING("Shop ID" FROM 6) AS INTEGER) DESC;

-- a cast to sort by, with a limit
SELECT "Sale ID" FROM "Sales" ORDER BY CAST(SUBSTRING("Sale ID" FROM 2) AS BIGINT) LIMIT 3;

-- a cast to group by
SELECT CAST(SUBSTRING("Shop" FROM 6) AS INTEGER) AS n, COUNT(*) FROM "Sales" GROUP BY CAST(SUBSTRING("Shop" FROM 6) AS INTEGER);

-- a cast to group by, as a distinct
SELECT DISTINCT CAST(SUBSTRING("Sale ID" FROM 9) AS INTEGER) * 100 + CAST(SUBSTRING("Shop" FROM 6) AS INTEGER) FROM "Sales";

-- a cast in an aggregate
SELECT MAX(CAST(SUBSTRING("Shop" FROM 6) AS INTEGER)), MIN(CAST(SUBSTRING("Sale ID" FROM 2) AS INTEGER)), COUNT(*) FROM "Sales";

-- a cast in the filter of an aggregate
SELECT COUNT(*) FILTER (WHERE CAST(SUBSTRING("Sale ID" FROM 2) AS INTEGER) >= 0), MIN("Shop") FROM "Sales";

-- a cast behind a guard
SELECT COUNT(*), SUM("Quantity") FROM "Sales" WHERE CASE WHEN "Shop" <> 'shop_0' THEN CAST(SUBSTRING("Sale ID" FROM 2) AS INTEGER) >= 0 ELSE TRUE END;

-- a cast behind a guard that speaks of what a restriction reads
SELECT COUNT(*), MIN("Shop ID") FROM "Shops" WHERE CASE WHEN "City" <> 'Rome' THEN CAST(SUBSTRING("Shop ID" FROM 6) AS INTEGER) < 100 ELSE FALSE END;

-- a cast in a window
SELECT "Shop ID", SUM(CAST(SUBSTRING("Shop ID" FROM 6) AS INTEGER)) OVER (PARTITION BY "Country" ORDER BY "Shop ID") FROM "Shops";

-- a cast to divide a window by
SELECT "Sale ID", ROW_NUMBER() OVER (PARTITION BY CAST(SUBSTRING("Shop" FROM 6) AS INTEGER) ORDER BY "Sale ID") FROM "Sales" WHERE "Quantity" > 2 OR "Product" LIKE 'TAB%' OR "Product" LIKE 'CANARY%';

-- a cast to sort a window by
SELECT "Shop ID", RANK() OVER (ORDER BY CAST(SUBSTRING("Shop ID" FROM 6) AS INTEGER)) FROM "Shops";

-- a cast in a scalar sub-query
SELECT (SELECT MAX(CAST(SUBSTRING("Sale ID" FROM 2) AS INTEGER)) FROM "Sales") AS m, (SELECT COUNT(*) FROM "Sales") AS n;

-- a cast in a correlated sub-query
SELECT "Shop ID", (SELECT MIN(CAST(SUBSTRING(s."Sale ID" FROM 2) AS INTEGER)) FROM "Sales" s WHERE s."Shop" = x."Shop ID") FROM "Shops" x;

-- a cast in exists
SELECT "Shop ID" FROM "Shops" x WHERE EXISTS (SELECT 1 FROM "Sales" s WHERE s."Shop" = x."Shop ID" AND CAST(SUBSTRING(s."Sale ID" FROM 2) AS INTEGER) >= 0);

-- a cast in not exists
SELECT "Shop ID" FROM "Shops" x WHERE NOT EXISTS (SELECT 1 FROM "Sales" s WHERE s."Shop" = x."Shop ID" AND CAST(SUBSTRING(s."Sale ID" FROM 2) AS INTEGER) < 0);

-- a cast in in
SELECT COUNT(*), SUM("Quantity") FROM "Sales" WHERE CAST(SUBSTRING("Shop" FROM 6) AS INTEGER) IN (SELECT CAST(SUBSTRING("Shop ID" FROM 6) AS INTEGER) FROM "Shops");

-- a cast in not in
SELECT COUNT(*), MIN("Sale ID") FROM "Sales" WHERE CAST(SUBSTRING("Shop" FROM 6) AS INTEGER) NOT IN (SELECT CAST(SUBSTRING("Sale ID" FROM 2) AS INTEGER) + 100 FROM "Sales");

-- a cast in lateral
SELECT x."Shop ID", l.n FROM "Shops" x, LATERAL (SELECT SUM(CAST(SUBSTRING(s."Sale ID" FROM 2) AS INTEGER)) AS n FROM "Sales" s WHERE s."Shop" = x."Shop ID") AS l;

-- a cast in lateral, of the outer row
SELECT l.n, l."Sale ID" FROM "Shops" x, LATERAL (SELECT CAST(SUBSTRING(x."Shop ID" FROM 6) AS INTEGER) AS n, s."Sale ID" FROM "Sales" s WHERE s."Shop" = x."Shop ID" AND s."Quantity" > 1) AS l;

-- a cast in a common table expression
WITH n AS (SELECT CAST(SUBSTRING("Sale ID" FROM 2) AS INTEGER) AS i, "Shop" FROM "Sales") SELECT COUNT(*), MAX(n.i) FROM n JOIN "Shops" x ON x."Shop ID" = n."Shop" WHERE n.i >= 0;

-- a cast in one branch of a union
SELECT CAST(SUBSTRING("Shop ID" FROM 6) AS INTEGER) AS n FROM "Shops" UNION ALL SELECT CAST(SUBSTRING("Shop" FROM 6) AS INTEGER) FROM "Sales" WHERE "Quantity" > 3 OR "Quantity" < 1;

-- a cast in one branch of an except
SELECT CAST(SUBSTRING("Sale ID" FROM 2) AS INTEGER) AS n FROM "Sales" EXCEPT SELECT CAST(SUBSTRING("Shop ID" FROM 6) AS INTEGER) FROM "Shops";

-- a cast of a product
SELECT COUNT(*), MAX(CAST(SUBSTRING("Product" FROM 5) AS INTEGER) * 5000 + CAST(SUBSTRING("Sale ID" FROM 7) AS INTEGER)) FROM "Sales";

-- a division in the list
SELECT "Sale ID", 12 / "Quantity" FROM "Sales" WHERE "Product" LIKE 'TAB%' OR "Product" LIKE 'CANARY%';

-- a division in a condition
SELECT COUNT(*), SUM("Quantity") FROM "Sales" WHERE 12 / "Quantity" >= 1 OR "Shop" LIKE 'CANARY%';

-- a division by what can be absent
SELECT COUNT(*), SUM("Quantity" * 60 / "Discount") FROM "Sales";

-- a division behind a guard
SELECT SUM(CASE WHEN "Shop" <> 'shop_0' THEN 12 / "Quantity" ELSE 0 END), COUNT(*) FROM "Sales";

-- a remainder
SELECT COUNT(*), SUM(MOD(12, "Quantity")), MIN("Shop") FROM "Sales";

-- a division in the condition of a join
SELECT COUNT(*), MIN(x."City") FROM "Sales" s JOIN "Shops" x ON s."Shop" = x."Shop ID" AND 12 / s."Quantity" >= 1;

-- a division by a count
SELECT "Shop", SUM("Quantity") / COUNT("Discount") FROM "Sales" GROUP BY "Shop";

-- a product that can be too large
SELECT MAX("Quantity" * 1000000000), COUNT(*) FROM "Sales";

-- a sum that can be too large
SELECT "Shop", SUM("Quantity"), SUM("Quantity" * "Unit price") FROM "Sales" GROUP BY "Shop";

-- a negation of a sum of two columns
SELECT COUNT(*), MIN(-("Quantity" + "Discount")), MAX("Quantity" + "Quantity") FROM "Sales";

-- a day too late
SELECT COUNT(*), MAX("Date" + INTERVAL '3' MONTH), MIN("Shop") FROM "Sales";

-- a part of a day
SELECT EXTRACT(YEAR FROM "Date") AS y, COUNT(*) FROM "Sales" GROUP BY EXTRACT(YEAR FROM "Date");

-- a cast to a day
SELECT MAX(CAST('2021-01-' || CAST(SUBSTRING("Shop ID" FROM 6) AS VARCHAR) AS DATE)), COUNT(*) FROM "Shops" WHERE "Shop ID" NOT LIKE 'shop_3%' AND "Shop ID" <> 'shop_0';

-- a pattern out of a row
SELECT COUNT(*), MIN("Sale ID") FROM "Sales" WHERE "Shop" LIKE "Shop" ESCAPE '!';

-- a square root
SELECT COUNT(*), SUM(SQRT("Quantity" - 1)), MIN("Shop") FROM "Sales" WHERE "Discount" > 0 OR "Discount" IS NULL OR "Discount" < 0;

-- a logarithm
SELECT MAX(LN("Quantity")), COUNT(*) FROM "Sales";

-- a scalar sub-query that could give two rows
SELECT COUNT(*), MIN("City") FROM "Shops" x WHERE (SELECT s."Shop" FROM "Sales" s WHERE s."Shop" = x."Shop ID" GROUP BY s."Shop") = x."Shop ID";

-- a text as a number, compared
SELECT COUNT(*), MIN("City") FROM "Shops" WHERE CAST(SUBSTRING("Shop ID" FROM 6) AS VARCHAR) < 100;

-- a choice between a whole number and one with many decimals, which a backend converts into one type
SELECT COUNT(*) FROM "Sales" WHERE CASE WHEN "Discount" > 1 THEN "Quantity" ELSE 0.0000000000000000000000000000000001 END > 0;

-- the same in a sub-query
SELECT COUNT(*), MIN("City") FROM "Shops" WHERE "City" IN (SELECT CASE WHEN s."Quantity" > 1 THEN x."City" ELSE x."Country" END FROM "Sales" s JOIN "Shops" x ON s."Shop" = x."Shop ID" WHERE CASE WHEN s."Quantity" < 2 THEN 0.0000000000000000000000000000000001 ELSE s."Quantity" END > 0);

-- an interval that a backend finds too long, if a row comes to it
SELECT COUNT(*) FROM "Sales" WHERE CASE WHEN "Quantity" > 1000 THEN INTERVAL '999999999' YEAR(9) END IS NULL;

-- the same of days, in a join and beside other tables' columns of the same name
SELECT COUNT(*) FROM "Sales" s JOIN "Shops" x ON s."Shop" = x."Shop ID" AND CASE WHEN x."City" LIKE 'CANARY%' THEN INTERVAL '999999999' DAY(9) END IS NULL;

-- a sum of an outer row's values that overflows
SELECT COUNT(*) FROM "Sales" s WHERE EXISTS (SELECT 1 FROM (VALUES (1), (2)) AS v(y) HAVING SUM(CASE WHEN s."Quantity" > 1000 AND v.y > 0 THEN 99999999999999999999999999999999999999 ELSE v.y END) > -1);

-- two tables with columns of one name, and a sub-query that refers to the second
SELECT COUNT(*) FROM "Sales" a, "Sales" b WHERE a."Shop" = b."Shop" AND EXISTS (SELECT 1 FROM "Shops" x WHERE x."Shop ID" = b."Shop" AND a."Sale ID" = b."Sale ID");

-- a common table with the name of one that a restriction reads
WITH "Access" AS (SELECT 'mapped-user' AS "Who", x."City" FROM "Shops" x) SELECT s."Shop ID", COUNT(*) FROM "Shops" s, "Access" a GROUP BY s."Shop ID";

-- aliases with the names of other tables
SELECT COUNT(*), MIN("Sales"."City") FROM "Shops" AS "Access", "Shops" AS "Sales" WHERE "Access"."City" = "Sales"."City";

-- a recursion that begins with rows
WITH RECURSIVE r (shop, n) AS (SELECT "Shop ID", CAST(1 AS BIGINT) FROM "Shops" UNION ALL SELECT r.shop, r.n + 1 FROM r WHERE r.n < 2) SELECT shop, n FROM r;

-- a recursion that joins rows in each step
WITH RECURSIVE r (n, shop) AS (SELECT CAST(0 AS BIGINT), CAST('' AS VARCHAR) FROM (VALUES (1)) AS v (x) UNION ALL SELECT r.n + 1, x."Shop ID" FROM r JOIN "Shops" x ON r.n < 1) SELECT n, shop FROM r;

-- a recursion that tests rows in each step
WITH RECURSIVE r (n) AS (SELECT CAST(0 AS BIGINT) FROM (VALUES (1)) AS v (x) UNION ALL SELECT r.n + 1 FROM r WHERE r.n < (SELECT COUNT(*) FROM "Shops")) SELECT COUNT(*), MAX(n) FROM r;

-- a cast in the step of a recursion
WITH RECURSIVE r (n, k) AS (SELECT CAST(0 AS BIGINT), CAST(-1 AS BIGINT) FROM (VALUES (1)) AS v (x) UNION ALL SELECT r.n + 1, CAST(SUBSTRING(x."Shop ID" FROM 6) AS BIGINT) FROM r JOIN "Shops" x ON r.n < 1) SELECT n, k FROM r;

-- a cast beside a recursion
WITH RECURSIVE r (n) AS (SELECT CAST(0 AS BIGINT) FROM (VALUES (1)) AS v (x) UNION ALL SELECT r.n + 1 FROM r WHERE r.n < 40) SELECT COUNT(*), MIN(x."City") FROM r JOIN "Shops" x ON CAST(SUBSTRING(x."Shop ID" FROM 6) AS BIGINT) = r.n;

-- a recursion in a sub-query, of the outer row
SELECT x."Shop ID", (WITH RECURSIVE r (n) AS (SELECT COUNT(*) FROM "Sales" s WHERE s."Shop" = x."Shop ID" UNION ALL SELECT r.n + 1 FROM r WHERE r.n < 3) SELECT MAX(n) FROM r) FROM "Shops" x;

-- an array of rows, taken apart
SELECT a."Country", t.shop, t.o FROM (SELECT "Country", ARRAY_AGG("Shop ID" ORDER BY "Shop ID") AS shops FROM "Shops" GROUP BY "Country") AS a, UNNEST(a.shops) WITH ORDINALITY AS t (shop, o);

-- an array of each row's values, taken apart
SELECT x."Shop ID", t.v FROM "Shops" x, UNNEST(ARRAY[x."City", x."Country"]) AS t (v);

-- a cast in an array that is taken apart
SELECT x."Shop ID", t.v FROM "Shops" x, UNNEST(ARRAY[CAST(SUBSTRING(x."Shop ID" FROM 6) AS INTEGER), 0]) AS t (v);

-- a cast of what was taken apart
SELECT COUNT(*), MIN(CAST(SUBSTRING(t.v FROM 6) AS INTEGER)) FROM "Shops" x, UNNEST(ARRAY[x."Shop ID"]) AS t (v) WHERE CAST(SUBSTRING(t.v FROM 6) AS INTEGER) >= 0;

-- rows that are compared
SELECT COUNT(*), MIN("City") FROM "Shops" WHERE ("Country", "City", "Shop ID") >= ('A', 'B', 'C') OR ("City", "Country") IS DISTINCT FROM ('B', 'A');

-- rows that are compared, with a cast
SELECT COUNT(*), MIN("City") FROM "Shops" WHERE ("Country", CAST(SUBSTRING("Shop ID" FROM 6) AS INTEGER)) > ('A', 0);

-- a filter of a window
SELECT "Shop ID", SUM(CAST(SUBSTRING("Shop ID" FROM 6) AS INTEGER)) FILTER (WHERE "City" <> 'B') OVER (PARTITION BY "Country" ORDER BY "Shop ID") FROM "Shops";

-- distinct rows of a window
SELECT DISTINCT "Country", COUNT(*) OVER (PARTITION BY "Country") FROM "Shops";

-- an order by an aggregate that a column is named after
SELECT "Country", MIN("Shop ID") AS "Shop ID" FROM "Shops" GROUP BY "Country" ORDER BY MIN("Shop ID");

-- a whole table
TABLE "Shops" ORDER BY "Shop ID";

-- a pivot
SELECT * FROM (SELECT "City", "Shop size", "Shop ID" FROM "Shops") PIVOT (COUNT("Shop ID") AS n, MIN("Shop ID") AS m FOR "Shop size" IN ('big' AS b, 'small' AS s));

-- an unpivot
SELECT * FROM (SELECT "Shop ID", "City", "Country" FROM "Shops") UNPIVOT (v FOR c IN ("City" AS 'city', "Country" AS 'country'));

-- a sum of a sub-query on the same row
SELECT "Country", SUM((SELECT COUNT(*) FROM "Sales" WHERE "Shop" = "Shop ID")) FROM "Shops" GROUP BY "Country";

-- an array of values that are compared with a cast
SELECT COUNT(*) FROM "Shops" WHERE CAST(SUBSTRING("Shop ID" FROM 6) AS INTEGER) <> ALL (ARRAY[0, 1]);

-- an array of columns
SELECT COUNT(*) FROM "Shops" WHERE "City" >= ANY (ARRAY["Country", 'Paris']);

-- windows over windows, of which one is not looked at
SELECT k, COUNT(n) FROM (SELECT SUM(n) OVER (PARTITION BY m) AS n, 1 AS k FROM (
  SELECT COUNT(n) OVER (PARTITION BY m) AS n, m FROM (SELECT "Quantity" AS n, "Shop" AS m FROM "Sales") AS a) AS b) AS c GROUP BY k;

-- a rank over a window that is not looked at
SELECT COUNT(n), MIN(k) FROM (SELECT RANK() OVER (ORDER BY m) AS n, 1 AS k FROM (
  SELECT COUNT(n) OVER (PARTITION BY m) AS n, m FROM (SELECT "Quantity" AS n, "Shop" AS m FROM "Sales") AS a) AS b) AS c;

-- casts over a join that is asked for twice
SELECT MAX(n) FROM (SELECT CAST(SUBSTRING("Shop ID" FROM 6) AS INTEGER) + "Quantity" AS n FROM "Sales" JOIN "Shops" ON "Shop" = "Shop ID") AS a
HAVING MAX(n) > (SELECT MIN(n) FROM (SELECT CAST(SUBSTRING("Shop ID" FROM 6) AS INTEGER) + "Quantity" AS n FROM "Sales" JOIN "Shops" ON "Shop" = "Shop ID") AS b);
