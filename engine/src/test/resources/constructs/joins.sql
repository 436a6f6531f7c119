-- Joins, sub-queries, rows compared, sets and groups.
SELECT COUNT(*) FROM things NATURAL JOIN kinds;
--: BIGINT!
--> 2
SELECT * FROM things NATURAL LEFT JOIN kinds ORDER BY id LIMIT 1;
--: VARCHAR | BIGINT! | INTEGER | DECIMAL | DOUBLE | VARCHAR | BOOLEAN | DATE | TIMESTAMP | TIME | VARCHAR
--> x | 1 | 7 | 19.99 | 0.5 | Alice | true | 2021-01-31 | 2021-01-31T10:11:12.345678 | 10:11:12.500 | first
SELECT kind, id, label FROM things FULL JOIN kinds USING (kind) ORDER BY id, kind;
--: VARCHAR | BIGINT | VARCHAR
--> x | 1 | first
--> x | 2 | first
--> y | 3 | null
--> null | 4 | null
--> z | null | last
SELECT COUNT(*) FROM things CROSS JOIN kinds;
--: BIGINT!
--> 8
SELECT COUNT(*) FROM things LEFT SEMI JOIN kinds ON things.kind = kinds.kind;
--! SYNTAX incorrect syntax near the keyword `LEFT` (line 1, column 29)
SELECT COUNT(*) FROM things SEMI JOIN kinds ON things.kind = kinds.kind;
--! UNDEFINED_TABLE table `things` does not exist (line 1, column 48)
SELECT COUNT(*) FROM things ANTI JOIN kinds ON things.kind = kinds.kind;
--! UNDEFINED_TABLE table `things` does not exist (line 1, column 48)
SELECT COUNT(*) FROM things LEFT ANTI JOIN kinds ON things.kind = kinds.kind;
--! SYNTAX incorrect syntax near the keyword `LEFT` (line 1, column 29)
SELECT label, x.id FROM kinds CROSS APPLY (SELECT id FROM things WHERE things.kind = kinds.kind) AS x ORDER BY 2;
--: VARCHAR! | BIGINT!
--> first | 1
--> first | 2
SELECT label, x.id FROM kinds OUTER APPLY (SELECT id FROM things WHERE things.kind = kinds.kind) AS x ORDER BY 1, 2;
--: VARCHAR! | BIGINT
--> first | 1
--> first | 2
--> last | null
SELECT label, x.id FROM kinds CROSS JOIN LATERAL (SELECT id FROM things WHERE things.kind = kinds.kind) AS x ORDER BY 2;
--: VARCHAR! | BIGINT!
--> first | 1
--> first | 2
SELECT label, x.id FROM kinds RIGHT JOIN LATERAL (SELECT id FROM things WHERE things.kind = kinds.kind) AS x ON TRUE;
--! FEATURE_NOT_SUPPORTED `RIGHT JOIN LATERAL` is not supported (line 1, column 51)
SELECT label, x.id FROM kinds FULL JOIN LATERAL (SELECT id FROM things WHERE things.kind = kinds.kind) AS x ON TRUE;
--! FEATURE_NOT_SUPPORTED `FULL JOIN LATERAL` is not supported (line 1, column 50)
SELECT kind FROM things GROUP BY kind HAVING COUNT(*) > (SELECT COUNT(*) FROM kinds WHERE kinds.kind = things.kind) ORDER BY 1;
--: VARCHAR
--> x
--> y
--> null
SELECT kind FROM things GROUP BY kind HAVING EXISTS (SELECT 1 FROM kinds WHERE kinds.kind = things.kind) ORDER BY 1;
--: VARCHAR
--> x
SELECT a.id FROM things a JOIN kinds b ON EXISTS (SELECT 1 FROM things c WHERE c.kind = b.kind AND c.id = a.id) ORDER BY 1;
--: BIGINT!
--> 1
--> 2
SELECT a.id, b.label FROM things a LEFT JOIN kinds b ON EXISTS (SELECT 1 FROM things c WHERE c.kind = b.kind AND c.id = a.id) ORDER BY 1, 2;
--: BIGINT! | VARCHAR
--> 1 | first
--> 2 | first
--> 3 | null
--> 4 | null
SELECT a.id, b.label FROM things a JOIN kinds b ON a.kind IN (SELECT kind FROM things) ORDER BY 1, 2;
--: BIGINT! | VARCHAR!
--> 1 | first
--> 1 | last
--> 2 | first
--> 2 | last
--> 3 | first
--> 3 | last
SELECT id FROM things ORDER BY (SELECT label FROM kinds WHERE kinds.kind = things.kind), id;
--: BIGINT!
--> 1
--> 2
--> 3
--> 4
SELECT id FROM things t ORDER BY (SELECT COUNT(*) FROM things u WHERE u.id > t.id);
--: BIGINT!
--> 4
--> 3
--> 2
--> 1
SELECT CASE WHEN EXISTS (SELECT 1 FROM kinds WHERE kinds.kind = things.kind) THEN 'y' ELSE 'n' END FROM things ORDER BY id;
--: CHAR!
--> y
--> y
--> n
--> n
SELECT SUM((SELECT COUNT(*) FROM kinds WHERE kinds.kind = things.kind)) FROM things;
--: BIGINT
--> 2
SELECT SUM(CASE WHEN kind IN (SELECT kind FROM kinds) THEN 1 ELSE 0 END) FROM things;
--: BIGINT
--> 2
SELECT COUNT(*) FILTER (WHERE kind IN (SELECT kind FROM kinds)) FROM things;
--: BIGINT!
--> 2
SELECT kind, (SELECT COUNT(*) FROM kinds WHERE kinds.kind = things.kind) FROM things GROUP BY kind ORDER BY 1;
--: VARCHAR | BIGINT
--> x | 1
--> y | 0
--> null | 0
SELECT (SELECT MAX(id) FROM things u WHERE u.kind = t.kind), COUNT(*) FROM things t GROUP BY (SELECT MAX(id) FROM things u WHERE u.kind = t.kind) ORDER BY 1;
--: BIGINT | BIGINT!
--> 2 | 2
--> 3 | 1
--> null | 1
SELECT id FROM things t WHERE id >= ALL (SELECT id FROM things u WHERE u.kind = t.kind) ORDER BY 1;
--: BIGINT!
--> 2
--> 3
--> 4
SELECT id FROM things t WHERE id > ANY (SELECT id FROM things u WHERE u.kind = t.kind) ORDER BY 1;
--: BIGINT!
--> 2
SELECT id FROM things t WHERE id = SOME (SELECT id FROM things u WHERE u.kind = t.kind) ORDER BY 1;
--: BIGINT!
--> 1
--> 2
--> 3
SELECT id, id > ANY (SELECT whole FROM things) FROM things ORDER BY 1;
--: BIGINT! | BOOLEAN
--> 1 | true
--> 2 | true
--> 3 | true
--> 4 | true
SELECT id, id <> ALL (SELECT whole FROM things) FROM things ORDER BY 1;
--: BIGINT! | BOOLEAN
--> 1 | null
--> 2 | null
--> 3 | null
--> 4 | null
SELECT id FROM things WHERE id = ANY (VALUES 1, 2) ORDER BY 1;
--: BIGINT!
--> 1
--> 2
SELECT id FROM things WHERE id > ALL (ARRAY[1, 2]) ORDER BY 1;
--: BIGINT!
--> 3
--> 4
SELECT id FROM things WHERE id = ANY (ARRAY[1, 2]) ORDER BY 1;
--: BIGINT!
--> 1
--> 2
SELECT id FROM things WHERE id = SOME (1, 2) ORDER BY 1;
--: BIGINT!
--> 1
--> 2
SELECT id FROM things WHERE id < ALL (3, 4) ORDER BY 1;
--: BIGINT!
--> 1
--> 2
SELECT id FROM things WHERE (id, kind) IN (SELECT id, kind FROM things) ORDER BY 1;
--: BIGINT!
--> 1
--> 2
--> 3
SELECT id FROM things WHERE (id, kind) IN ((1, 'x'), (3, 'y')) ORDER BY 1;
--: BIGINT!
--> 1
--> 3
SELECT id FROM things WHERE (id, kind) NOT IN ((1, 'x'), (3, 'y')) ORDER BY 1;
--: BIGINT!
--> 2
--> 4
SELECT id, (kind, whole) IN (SELECT b.kind, b.whole FROM things b WHERE b.id <= a.id), (kind, whole) NOT IN (SELECT b.kind, b.whole FROM things b WHERE b.id < a.id) FROM things a ORDER BY 1;
--: BIGINT! | BOOLEAN | BOOLEAN
--> 1 | true | true
--> 2 | true | true
--> 3 | null | true
--> 4 | null | null
SELECT id FROM things a WHERE (id, kind) IN (SELECT b.id, b.kind FROM things b WHERE b.kind = a.kind AND (b.id, b.whole) IN (SELECT c.id, c.whole FROM things c WHERE c.id = a.id AND c.price <= b.price)) ORDER BY 1;
--: BIGINT!
--> 1
--> 2
SELECT a.id FROM things a JOIN kinds k ON (a.id, a.kind) IN (SELECT b.id, b.kind FROM things b WHERE b.kind = k.kind);
--! FEATURE_NOT_SUPPORTED a row of several values, `IN` a sub-query that reads rows around it, is not supported here
SELECT kind, (MIN(id), kind) IN (SELECT b.id, b.kind FROM things b WHERE b.kind = a.kind) FROM things a GROUP BY kind ORDER BY 1;
--: VARCHAR | BOOLEAN
--> x | true
--> y | true
--> null | false
SELECT id FROM things WHERE (id, kind) NOT IN (SELECT id, kind FROM things WHERE id < 3) ORDER BY 1;
--: BIGINT!
--> 3
--> 4
SELECT id FROM things WHERE (id, kind) = (1, 'x');
--: BIGINT!
--> 1
SELECT id FROM things WHERE (id, kind) <> (1, 'x') ORDER BY 1;
--: BIGINT!
--> 2
--> 3
--> 4
SELECT id FROM things WHERE (id, kind) < (3, 'x') ORDER BY 1;
--: BIGINT!
--> 1
--> 2
SELECT id FROM things WHERE (id, kind) >= (2, 'x') ORDER BY 1;
--: BIGINT!
--> 2
--> 3
--> 4
SELECT id FROM things WHERE ROW(id, kind) = ROW(1, 'x');
--: BIGINT!
--> 1
SELECT id FROM things WHERE (id, kind) IS NOT DISTINCT FROM (4, NULL);
--: BIGINT!
--> 4
SELECT id FROM things WHERE (id, kind) = (SELECT id, kind FROM things WHERE id = 1);
--! DATATYPE_MISMATCH cannot apply `$SCALAR_QUERY` to arguments of type `$SCALAR_QUERY(<RECORDTYPE(BIGINT ID, VARCHAR KIND)>)`. Supported form(s): `$SCALAR_QUERY(<RECORDTYPE(SINGLE FIELD)>)` (line 1, column 42)
SELECT id FROM things WHERE (id, kind) BETWEEN (1, 'a') AND (2, 'z') ORDER BY 1;
--: BIGINT!
--> 1
--> 2
SELECT (1, 2) = (1, 2), (1, NULL) = (1, 2), (1, NULL) = (2, 2);
--: BOOLEAN! | BOOLEAN | BOOLEAN
--> true | null | false
SELECT (born, born) OVERLAPS (born, born) FROM things WHERE id = 1;
--: BOOLEAN
--> true
SELECT (born, moment) OVERLAPS (DATE '2021-01-01', DATE '2022-01-01') FROM things WHERE id = 1;
--! DATATYPE_MISMATCH cannot apply `OVERLAPS` to arguments of type `<RECORDTYPE(DATE EXPR$0, TIMESTAMP(6) EXPR$1)> OVERLAPS <RECORDTYPE(DATE EXPR$0, DATE EXPR$1)>`. Supported form(s): `(<DT>, <DT>) OVERLAPS (<DT>, <DT>)`, `(<DT>, <DT>) OVERLAPS (<DT>, <INTERVAL>)`, `(<DT>, <INTERVAL>) OVERLAPS (<DT>, <DT>)`, `(<DT>, <INTERVAL>) OVERLAPS (<DT>, <INTERVAL>)`, Where `DT` is one of `DATE`, `TIME`, or `TIMESTAMP`, the same for all arguments (line 1, column 8)
SELECT PERIOD (born, born) CONTAINS born FROM things WHERE id = 1;
--: BOOLEAN
--> true
SELECT id FROM things UNION ALL (SELECT whole FROM things ORDER BY whole LIMIT 1) ORDER BY 1;
--: BIGINT
--> -7
--> 1
--> 2
--> 3
--> 4
(SELECT id FROM things ORDER BY id LIMIT 1) UNION ALL (SELECT id FROM things ORDER BY id DESC LIMIT 1) ORDER BY 1 DESC;
--: BIGINT!
--> 4
--> 1
(SELECT id FROM things ORDER BY id LIMIT 3) EXCEPT ALL (SELECT id FROM things ORDER BY id LIMIT 1) ORDER BY 1 DESC LIMIT 1;
--: BIGINT!
--> 3
(SELECT id FROM things ORDER BY id LIMIT 3) INTERSECT (SELECT id FROM things UNION SELECT whole FROM things) ORDER BY 1;
--: BIGINT
--> 1
--> 2
--> 3
SELECT id FROM things WHERE id IN (SELECT id FROM things UNION ALL SELECT whole FROM things ORDER BY 1 LIMIT 2);
--: BIGINT!
SELECT kind, flag, GROUPING_ID(kind, flag), COUNT(*) FROM things GROUP BY GROUPING SETS (ROLLUP(kind), CUBE(flag)) ORDER BY 1, 2, 3;
--: VARCHAR | BOOLEAN | BIGINT! | BIGINT!
--> x | null | 1 | 2
--> y | null | 1 | 1
--> null | false | 2 | 1
--> null | true | 2 | 2
--> null | null | 1 | 1
--> null | null | 2 | 1
--> null | null | 3 | 4
--> null | null | 3 | 4
SELECT kind, flag, COUNT(*) FROM things GROUP BY kind, ROLLUP(flag) ORDER BY 1, 2, 3;
--: VARCHAR | BOOLEAN | BIGINT!
--> x | false | 1
--> x | true | 1
--> x | null | 2
--> y | null | 1
--> y | null | 1
--> null | true | 1
--> null | null | 1
SELECT kind, flag, COUNT(*) FROM things GROUP BY ROLLUP((kind, flag)) ORDER BY 1, 2, 3;
--: VARCHAR | BOOLEAN | BIGINT!
--> x | false | 1
--> x | true | 1
--> y | null | 1
--> null | true | 1
--> null | null | 4
SELECT kind, COUNT(*) FROM things GROUP BY DISTINCT ROLLUP(kind), ROLLUP(kind) ORDER BY 1, 2;
--: VARCHAR | BIGINT!
--> x | 2
--> y | 1
--> null | 1
--> null | 4
SELECT kind, COUNT(*) FROM things GROUP BY ALL ROLLUP(kind), ROLLUP(kind) ORDER BY 1, 2;
--: VARCHAR | BIGINT!
--> x | 2
--> x | 2
--> x | 2
--> y | 1
--> y | 1
--> y | 1
--> null | 1
--> null | 1
--> null | 1
--> null | 4
SELECT COUNT(*) FROM things GROUP BY ();
--: BIGINT!
--> 4
SELECT COUNT(*) FROM things WHERE FALSE GROUP BY ();
--: BIGINT!
--> 0
SELECT kind AS k, COUNT(*) FROM things GROUP BY k ORDER BY k;
--: VARCHAR | BIGINT!
--> x | 2
--> y | 1
--> null | 1
SELECT kind, COUNT(*) FROM things GROUP BY 1 ORDER BY 1;
--: VARCHAR | BIGINT!
--> x | 2
--> y | 1
--> null | 1
SELECT kind, COUNT(*) FROM things GROUP BY ALL;
--! SYNTAX `;` is not expected here (line 1, column 47)
SELECT kind, COUNT(*) c FROM things GROUP BY kind HAVING c > 1;
--: VARCHAR | BIGINT!
--> x | 2
SELECT SUM(id) WITHIN DISTINCT (kind) FROM things;
--! FEATURE_NOT_SUPPORTED `WITHIN DISTINCT` is not supported (line 1, column 8)
SELECT COUNT(*) WITHIN DISTINCT (kind) FROM things;
--! FEATURE_NOT_SUPPORTED `WITHIN DISTINCT` is not supported (line 1, column 8)
SELECT SUM(whole) WITHIN DISTINCT (id) FROM things;
--! FEATURE_NOT_SUPPORTED `WITHIN DISTINCT` is not supported (line 1, column 8)
SELECT SUM(DISTINCT whole) FILTER (WHERE id < 3) FROM things;
--: BIGINT
--> 0
SELECT LISTAGG(name) WITHIN GROUP (ORDER BY id) FILTER (WHERE id < 3) FROM things;
--: VARCHAR
--> Alice,Été à Zürich
SELECT GROUP_ID() FROM things;
--! INVALID_STATEMENT GROUP_ID operator may only occur in an aggregate query (line 1, column 8)

-- A sub-query that asks for a row further out, over rows that are looked up in another one: DuckDB (2.0) fails if one SELECT does both.
SELECT t.id, l.m, l.n FROM things t CROSS JOIN LATERAL (SELECT u.id AS m, (SELECT s.whole + t.id FROM things s WHERE s.id = t.id) AS n FROM things u WHERE u.id = t.id AND u.kind IN (SELECT kind FROM kinds)) AS l ORDER BY 1;
--: BIGINT! | BIGINT! | BIGINT
--> 1 | 1 | 8
--> 2 | 2 | -5
SELECT t.id, (SELECT (SELECT s.whole + t.id FROM things s WHERE s.id = t.id) FROM things u WHERE u.id = t.id AND u.kind IN (SELECT kind FROM kinds)) FROM things t ORDER BY 1;
--: BIGINT! | BIGINT
--> 1 | 8
--> 2 | -5
--> 3 | null
--> 4 | null
SELECT t.id, l.m FROM things t CROSS JOIN LATERAL (SELECT u.id AS m FROM things u WHERE u.id = t.id AND u.kind IN (SELECT kind FROM kinds) AND u.whole >= (SELECT s.whole FROM things s WHERE s.id = t.id)) AS l ORDER BY 1;
--: BIGINT! | BIGINT!
--> 1 | 1
--> 2 | 2
SELECT t.id, l.m FROM things t CROSS JOIN LATERAL (SELECT u.id AS m FROM things u WHERE u.id = t.id AND EXISTS (SELECT 1 FROM kinds k WHERE k.kind = u.kind) ORDER BY (SELECT s.whole FROM things s WHERE s.id = t.id)) AS l ORDER BY 1;
--: BIGINT! | BIGINT!
--> 1 | 1
--> 2 | 2
SELECT t.id FROM things t WHERE EXISTS (SELECT 1 FROM things u WHERE u.id = t.id AND u.kind IN (SELECT kind FROM kinds) AND u.whole = (SELECT s.whole FROM things s WHERE s.id = t.id)) ORDER BY 1;
--: BIGINT!
--> 1
--> 2
SELECT t.id FROM things t WHERE t.id IN (SELECT u.id + (SELECT s.whole * 0 FROM things s WHERE s.id = t.id) FROM things u WHERE u.id = t.id AND u.kind IN (SELECT kind FROM kinds)) ORDER BY 1;
--: BIGINT!
--> 1
--> 2
SELECT t.id FROM things t WHERE EXISTS (SELECT 1 FROM things u WHERE u.id / 2 IN (SELECT s.id FROM things s) AND u.id / 2 <> 1 AND u.id = (SELECT s.id FROM things s WHERE s.id = t.id)) ORDER BY 1;
--: BIGINT!
--> 4
WITH RECURSIVE common (i, s) AS (SELECT CAST(1 AS BIGINT), (SELECT SUM(n) FROM (SELECT whole + 1 AS n FROM things JOIN kinds ON things.kind = kinds.kind) AS a) UNION ALL SELECT i + 1, s FROM common WHERE i < 3) SELECT * FROM common WHERE s = (SELECT SUM(n) FROM (SELECT whole + 1 AS n FROM things JOIN kinds ON things.kind = kinds.kind) AS b) ORDER BY 1;
--: BIGINT! | BIGINT
--> 1 | 2
--> 2 | 2
--> 3 | 2
-- Looked up among constants, beside what can fail.
SELECT t.id, t.kind NOT IN (SELECT 'x' FROM things s WHERE s.whole >= t.whole AND 'x' SIMILAR TO '_|__') AS c FROM things t ORDER BY 1;
--: BIGINT! | BOOLEAN
--> 1 | false
--> 2 | false
--> 3 | true
--> 4 | null
SELECT t.id, t.born NOT IN (SELECT DATE '2020-01-01' FROM things s WHERE s.whole >= t.whole AND 'x' SIMILAR TO '_|__') FROM things t ORDER BY 1;
--: BIGINT! | BOOLEAN
--> 1 | true
--> 2 | true
--> 3 | true
--> 4 | true
SELECT t.id, (SELECT MIN(u.whole) + (SELECT s.whole FROM things s WHERE s.id = t.id) FROM things u WHERE u.id = t.id AND u.kind IN (SELECT kind FROM kinds)) FROM things t ORDER BY 1;
--: BIGINT! | INTEGER
--> 1 | 14
--> 2 | -14
--> 3 | null
--> 4 | null
SELECT t.id, (SELECT (SELECT s.whole + t.id FROM things s WHERE s.id = t.id) FROM (SELECT u.id AS i, u.whole AS w FROM things u WHERE u.id = t.id AND u.kind IN (SELECT kind FROM kinds)) AS v) FROM (SELECT id, whole FROM things) AS t ORDER BY 1;
--: BIGINT! | BIGINT
--> 1 | 8
--> 2 | -5
--> 3 | null
--> 4 | null

-- Sub-queries in what Calcite writes twice.
SELECT t.id, COALESCE((SELECT MAX(s.whole) FROM things s WHERE EXISTS (SELECT 1 FROM things r WHERE r.whole >= s.whole AND r.id < t.id)), -1) FROM things t ORDER BY 1;
--: BIGINT! | INTEGER!
--> 1 | -1
--> 2 | 7
--> 3 | 7
--> 4 | 7
SELECT COALESCE((SELECT SUM(s.whole) OVER w FROM things s WHERE s.id = t.id WINDOW w AS (ORDER BY id)), 1), NULLIF((SELECT MAX(s.id) FROM things s WHERE s.kind IN (SELECT k.kind FROM kinds k WHERE k.kind = s.kind)), t.id) FROM things t ORDER BY t.id;
--: BIGINT! | BIGINT
--> 7 | 2
--> -7 | null
--> 1 | 2
--> 0 | 2
SELECT CASE (SELECT MAX(s.id) FROM things s WHERE EXISTS (SELECT 1 FROM things r WHERE r.whole < s.whole AND r.id = t.id)) WHEN 1 THEN 'one' WHEN 4 THEN 'four' ELSE 'none' END FROM things t ORDER BY t.id;
--: VARCHAR!
--> none
--> four
--> none
--> one
-- Columns that joins merge, wherever they are asked for; the second join is by the first one's, which has a row.
SELECT kind, id, label FROM things FULL JOIN kinds USING (kind) WHERE kind <> 'x' ORDER BY id;
--: VARCHAR | BIGINT | VARCHAR
--> y | 3 | null
--> z | null | last
SELECT kind, id, label, n FROM things FULL JOIN kinds USING (kind) JOIN (VALUES ('z', 1), ('x', 2)) AS v (kind, n) USING (kind) ORDER BY id;
--: VARCHAR! | BIGINT | VARCHAR | INTEGER!
--> x | 1 | first | 2
--> x | 2 | first | 2
--> z | null | last | 1
SELECT * FROM (SELECT id, kind FROM things) AS t RIGHT JOIN kinds USING (kind) NATURAL LEFT JOIN (VALUES ('z', 1)) AS v (kind, n) ORDER BY kind, id;
--: VARCHAR! | BIGINT | VARCHAR! | INTEGER
--> x | 1 | first | null
--> x | 2 | first | null
--> z | null | last | 1
SELECT kind, COUNT(*) FROM things FULL JOIN kinds USING (kind) GROUP BY kind HAVING kind > 'x' ORDER BY UPPER(kind);
--: VARCHAR | BIGINT!
--> y | 1
--> z | 1
SELECT UPPER(kind) AS kind, COUNT(*) FROM things JOIN kinds USING (kind) GROUP BY UPPER(kind) HAVING kind = 'X';
--: VARCHAR! | BIGINT!
--> X | 2
SELECT kind, RANK() OVER (PARTITION BY kind ORDER BY id) AS r FROM things JOIN kinds USING (kind) QUALIFY RANK() OVER (PARTITION BY kind ORDER BY id) > 1 AND kind = 'x';
--: VARCHAR! | BIGINT!
--> x | 2
SELECT id, label, n FROM things JOIN kinds USING (kind) LEFT JOIN (VALUES (1, 7)) AS v (k, n) ON kind = 'x' AND k = id ORDER BY id;
--: BIGINT! | VARCHAR! | INTEGER
--> 1 | first | 7
--> 2 | first | null
SELECT id FROM things LEFT JOIN kinds USING (kind) WHERE EXISTS (SELECT 1 FROM (VALUES ('x')) AS v (k) WHERE k = kind) ORDER BY id;
--: BIGINT!
--> 1
--> 2
SELECT id, l.n FROM things RIGHT JOIN kinds USING (kind), LATERAL (SELECT COUNT(*) AS n FROM things AS o WHERE o.name > kind) AS l ORDER BY id;
--: BIGINT | BIGINT!
--> 1 | 1
--> 2 | 1
--> null | 1
SELECT kind FROM things JOIN kinds USING (kind) JOIN (VALUES ('x')) AS v (kind) ON TRUE;
--! INVALID_STATEMENT column `kind` is ambiguous (line 1, column 8)
SELECT id FROM things JOIN kinds USING (kind) WHERE kind = 'x' AND id > 1;
--: BIGINT!
--> 2
SELECT id FROM things JOIN kinds ON things.kind = kinds.kind WHERE kind = 'x';
--! INVALID_STATEMENT column `kind` is ambiguous (line 1, column 68)
-- Names of the answer in ORDER BY, GROUP BY and QUALIFY, of functions, of a hinted table, and in queries beside.
SELECT l.n, kind FROM things RIGHT JOIN kinds USING (kind), LATERAL (SELECT COUNT(*) AS n FROM (VALUES ('a'), ('y')) AS v (c) WHERE v.c < kind) AS l ORDER BY kind, n;
--: BIGINT! | VARCHAR!
--> 1 | x
--> 1 | x
--> 2 | z
SELECT id, 'k' || CAST(9 - id AS VARCHAR) AS kind FROM things LEFT JOIN kinds USING (kind) ORDER BY kind;
--: BIGINT! | VARCHAR!
--> 4 | k5
--> 3 | k6
--> 2 | k7
--> 1 | k8
SELECT t.id, u.name FROM things t JOIN things u USING (kind) ORDER BY id, name;
--: BIGINT! | VARCHAR
--> 1 | Alice
--> 1 | Été à Zürich
--> 2 | Alice
--> 2 | Été à Zürich
--> 3 | null
SELECT t.id, COUNT(*) FROM things t JOIN things u USING (kind) GROUP BY id ORDER BY 1;
--: BIGINT! | BIGINT!
--> 1 | 2
--> 2 | 2
--> 3 | 1
SELECT t.id, RANK() OVER (ORDER BY u.id, t.id) AS r FROM things t JOIN things u USING (kind) QUALIFY id > 1 AND r = 1;
--: BIGINT! | BIGINT!
SELECT id FROM things t JOIN things u USING (kind);
--! INVALID_STATEMENT column `id` is ambiguous (line 1, column 8)
SELECT id FROM things JOIN kinds USING (kind) ORDER BY kind > 'x', id;
--: BIGINT!
--> 1
--> 2
SELECT kind FROM kinds /*+ INDEX(a) */ FULL JOIN things USING (kind) ORDER BY kind;
--: VARCHAR
--> x
--> x
--> y
--> z
--> null
SELECT COUNT(*) FROM (SELECT id, 'x' AS "user" FROM things) a JOIN (SELECT 'x' AS "user") b USING ("user") WHERE "user" = 'x' AND USER <> 'x';
--: BIGINT!
--> 4
SELECT CASE WHEN kind = 'x' THEN 'is x' END AS c FROM things RIGHT JOIN kinds USING (kind) WHERE kind IN (SELECT v.c AS kind FROM (VALUES ('z'), ('x')) AS v (c) ORDER BY kind LIMIT 1) ORDER BY id;
--: CHAR
--> is x
--> is x
SELECT COUNT(*), USER <> 'x' AS "mine" FROM (SELECT id, 'x' AS "user" FROM things) a JOIN (SELECT 'x' AS "user") b USING ("user") GROUP BY USER;
--: BIGINT! | BOOLEAN!
--> 4 | true
SELECT id, (SELECT COUNT(*) FROM (SELECT v.c AS kind FROM (VALUES ('z'), ('x'), ('x')) AS v (c) GROUP BY kind) AS q) AS n FROM things JOIN kinds USING (kind) ORDER BY id;
--: BIGINT! | BIGINT
--> 1 | 2
--> 2 | 2
SELECT COUNT(*) AS id, RANK() OVER (ORDER BY COUNT(*)) AS r FROM things a JOIN things b USING (id) GROUP BY id QUALIFY r = 1 AND id > 1;
--: BIGINT! | BIGINT!
