-- Whole statements, intervals and arrays, and what stands in other queries.
TABLE kinds ORDER BY 1;
--: VARCHAR! | VARCHAR!
--> x | first
--> z | last
SELECT * FROM TABLE(things);
--! SYNTAX `)` is not expected here (line 1, column 27)
SELECT * FROM TABLE kinds ORDER BY 1;
--! SYNTAX `kinds` is not expected here (line 1, column 21)
SELECT * EXCLUDE (label) FROM kinds;
--! SYNTAX `(` is not expected here (line 1, column 18)
SELECT * EXCEPT (label) FROM kinds ORDER BY 1;
--! SYNTAX no statement begins like this (line 1, column 18)
SELECT * REPLACE (1 AS label) FROM kinds;
--! SYNTAX `(` is not expected here (line 1, column 18)
SELECT kinds.* FROM kinds ORDER BY 1;
--: VARCHAR! | VARCHAR!
--> x | first
--> z | last
SELECT things.*, kinds.* FROM things, kinds WHERE things.kind = kinds.kind AND id = 1;
--: BIGINT! | VARCHAR | INTEGER | DECIMAL | DOUBLE | VARCHAR | BOOLEAN | DATE | TIMESTAMP | TIME | VARCHAR! | VARCHAR!
--> 1 | x | 7 | 19.99 | 0.5 | Alice | true | 2021-01-31 | 2021-01-31T10:11:12.345678 | 10:11:12.500 | x | first
SELECT STREAM * FROM things;
--! INVALID_STATEMENT cannot convert table `things` to stream (line 1, column 22)
SELECT STREAM id FROM things;
--! INVALID_STATEMENT cannot convert table `things` to stream (line 1, column 23)
SELECT * FROM things FOR SYSTEM_TIME AS OF TIMESTAMP '2020-01-01 00:00:00';
--! INVALID_STATEMENT table `things` is not a temporal table, can not be queried in system time period specification (line 1, column 15)
SELECT /*+ BROADCAST(things) */ id FROM things ORDER BY 1;
--: BIGINT!
--> 1
--> 2
--> 3
--> 4
SELECT id FROM things /*+ INDEX(a, b) */ ORDER BY 1;
--: BIGINT!
--> 1
--> 2
--> 3
--> 4
EXPLAIN PLAN FOR SELECT id FROM things;
--: VARCHAR!
--> LogicalProject(id=[$0])
-->   RestrictedScan(table=[[small, things]])
EXPLAIN PLAN EXCLUDING ATTRIBUTES WITH TYPE FOR SELECT id FROM things;
--! FEATURE_NOT_SUPPORTED `EXPLAIN PLAN WITH TYPE` is not supported (line 1, column 64)
EXPLAIN PLAN WITHOUT IMPLEMENTATION AS XML FOR SELECT id FROM things;
--! FEATURE_NOT_SUPPORTED `EXPLAIN PLAN AS XML` is not supported (line 1, column 63)
EXPLAIN PLAN AS DOT FOR SELECT id FROM things;
--! FEATURE_NOT_SUPPORTED `EXPLAIN PLAN AS DOT` is not supported (line 1, column 40)
DESCRIBE things;
--! FEATURE_NOT_SUPPORTED `DESCRIBE` of tables and schemas is not supported, query `INFORMATION_SCHEMA.COLUMNS` (line 1, column 1)
DESCRIBE TABLE things;
--! FEATURE_NOT_SUPPORTED `DESCRIBE` of tables and schemas is not supported, query `INFORMATION_SCHEMA.COLUMNS` (line 1, column 1)
DESCRIBE STATEMENT SELECT 1;
--: VARCHAR!
--> LogicalValues(tuples=[[{ 1 }]])
DESCRIBE SCHEMA small;
--! FEATURE_NOT_SUPPORTED `DESCRIBE` of tables and schemas is not supported, query `INFORMATION_SCHEMA.COLUMNS` (line 1, column 1)
DESCRIBE DATABASE x;
--! FEATURE_NOT_SUPPORTED `DESCRIBE` of tables and schemas is not supported, query `INFORMATION_SCHEMA.COLUMNS` (line 1, column 1)
SELECT DATE '2021-01-01' - DATE '2020-01-01';
--! DATATYPE_MISMATCH cannot apply `-` to arguments of type `<DATE> - <DATE>`. Supported form(s): `<NUMERIC> - <NUMERIC>`, `<DATETIME_INTERVAL> - <DATETIME_INTERVAL>`, `<DATETIME> - <DATETIME_INTERVAL>` (line 1, column 8)
SELECT (born - DATE '2020-01-01') DAY FROM things ORDER BY id;
--! FEATURE_NOT_SUPPORTED a column of type `INTERVAL_DAY` cannot be given
SELECT (moment - TIMESTAMP '2020-01-01 00:00:00') DAY TO SECOND FROM things ORDER BY id;
--! FEATURE_NOT_SUPPORTED a column of type `INTERVAL_DAY_SECOND` cannot be given
SELECT (moment - TIMESTAMP '2020-01-01 00:00:00') HOUR FROM things ORDER BY id;
--! FEATURE_NOT_SUPPORTED a column of type `INTERVAL_HOUR` cannot be given
SELECT (born - DATE '2020-01-01') MONTH FROM things ORDER BY id;
--! FEATURE_NOT_SUPPORTED a column of type `INTERVAL_MONTH` cannot be given
SELECT (born - DATE '2020-01-01') YEAR TO MONTH FROM things ORDER BY id;
--! FEATURE_NOT_SUPPORTED a column of type `INTERVAL_YEAR_MONTH` cannot be given
SELECT INTERVAL '1' DAY, INTERVAL '1-2' YEAR TO MONTH, INTERVAL '-1 02:03:04.567' DAY TO SECOND;
--! FEATURE_NOT_SUPPORTED a column of type `INTERVAL_DAY` cannot be given
SELECT INTERVAL '1' DAY * id FROM things ORDER BY id;
--! FEATURE_NOT_SUPPORTED a column of type `INTERVAL_DAY` cannot be given
SELECT id FROM things ORDER BY (born - DATE '2020-01-01') DAY, id;
--! FEATURE_NOT_SUPPORTED a column of type `INTERVAL_DAY` cannot be given
SELECT MAX(INTERVAL '1' DAY * id), SUM(INTERVAL '1' DAY * id) FROM things;
--! DATATYPE_MISMATCH cannot apply `SUM` to arguments of type `SUM(<INTERVAL DAY>)`. Supported form(s): `SUM(<NUMERIC>)` (line 1, column 36)
SELECT CAST(INTERVAL '3' DAY AS INTEGER);
--! FEATURE_NOT_SUPPORTED `CAST from INTERVAL_DAY to INTEGER` is not supported
SELECT CAST(INTERVAL '3' DAY AS VARCHAR);
--! FEATURE_NOT_SUPPORTED `CAST from INTERVAL_DAY to VARCHAR` is not supported
SELECT CAST('3' AS INTERVAL DAY);
--! FEATURE_NOT_SUPPORTED a column of type `INTERVAL_DAY` cannot be given
SELECT ARRAY[1, 2][1], ARRAY['a'][2];
--! FEATURE_NOT_SUPPORTED `ITEM` is not supported
SELECT CARDINALITY(ARRAY[1, 2]);
--! FEATURE_NOT_SUPPORTED `CARDINALITY` is not supported
SELECT ARRAY_AGG(kind ORDER BY id) FROM things;
--: ARRAY
--> [x, x, y, null]
SELECT ARRAY_AGG(ROW(id, kind)) FROM things;
--! FEATURE_NOT_SUPPORTED `ROW` is not supported
SELECT ARRAY[ARRAY[1]], ARRAY[ARRAY['a'], ARRAY['b']];
--: ARRAY! | ARRAY!
--> [[1]] | [[a], [b]]
SELECT ARRAY(SELECT id FROM things ORDER BY id);
--! FEATURE_NOT_SUPPORTED `ARRAY (SELECT ...)` is not supported
SELECT MULTISET(SELECT id FROM things);
--! FEATURE_NOT_SUPPORTED `MULTISET (SELECT ...)` is not supported
SELECT MULTISET[1, 2];
--! FEATURE_NOT_SUPPORTED `MULTISET` is not supported
SELECT CURSOR(SELECT 1);
--! SYNTAX CURSOR expression encountered in illegal context (line 1, column 8)
SELECT id MEMBER OF MULTISET[1] FROM things;
--! FEATURE_NOT_SUPPORTED `MEMBER OF` is not supported
SELECT * FROM TABLE(TUMBLE(TABLE things, DESCRIPTOR(moment), INTERVAL '1' HOUR));
--! FEATURE_NOT_SUPPORTED `TUMBLE` is not supported
SELECT TUMBLE_START(moment, INTERVAL '1' HOUR) FROM things GROUP BY TUMBLE(moment, INTERVAL '1' HOUR);
--! FEATURE_NOT_SUPPORTED `TUMBLE` is not supported
SELECT SESSION_START(moment, INTERVAL '1' HOUR) FROM things GROUP BY SESSION(moment, INTERVAL '1' HOUR);
--! FEATURE_NOT_SUPPORTED `SESSION` is not supported
SELECT things.id.x FROM things;
--! UNDEFINED_COLUMN column `id.x` does not exist (line 1, column 15)
SELECT ROW(id, kind).id FROM things;
--! INVALID_STATEMENT unknown field `id` (line 1, column 22)
SELECT t.r.a FROM (SELECT ROW(1, 2) AS r) AS t;
--! UNDEFINED_COLUMN column `r.a` does not exist (line 1, column 10)
SELECT CAST(ROW(1, 'a') AS ROW(x INTEGER, y VARCHAR)) FROM things;
--! FEATURE_NOT_SUPPORTED `CAST to ROW` is not supported (line 1, column 8)
SELECT r.x FROM (SELECT CAST(ROW(1, 'a') AS ROW(x INTEGER, y VARCHAR)) AS r) AS t;
--! FEATURE_NOT_SUPPORTED `CAST to ROW` is not supported (line 1, column 25)
SELECT NEXT VALUE FOR s;
--! UNDEFINED_TABLE table `s` does not exist (line 1, column 23)
SELECT CLASSIFIER();
--! INVALID_STATEMENT function `CLASSIFIER()` can only be used in MATCH_RECOGNIZE (line 1, column 8)
SELECT id FROM things WHERE name NOT LIKE 'A%' ORDER BY 1;
--: BIGINT!
--> 2
--> 4
SELECT id FROM things WHERE id BETWEEN ASYMMETRIC 1 AND 2 ORDER BY 1;
--: BIGINT!
--> 1
--> 2
SELECT id FROM things WHERE id BETWEEN SYMMETRIC 2 AND 1 ORDER BY 1;
--: BIGINT!
--> 1
--> 2
SELECT id FROM things WHERE flag ORDER BY 1;
--: BIGINT!
--> 1
--> 4
SELECT id FROM things WHERE flag IS NOT UNKNOWN ORDER BY 1;
--: BIGINT!
--> 1
--> 2
--> 4
SELECT id FROM things WHERE NOT (flag = ALL (SELECT TRUE)) ORDER BY 1;
--: BIGINT!
--> 2
SELECT UNIQUE (SELECT id FROM things);
--! FEATURE_NOT_SUPPORTED `UNIQUE (SELECT ...)` is not supported
SELECT id FROM things WHERE UNIQUE (SELECT kind FROM things);
--! FEATURE_NOT_SUPPORTED `UNIQUE (SELECT ...)` is not supported
SELECT id FROM things WHERE EXISTS (TABLE kinds) ORDER BY 1;
--: BIGINT!
--> 1
--> 2
--> 3
--> 4
SELECT CASE kind WHEN 'x' THEN 1 WHEN 'y', 'z' THEN 2 END FROM things ORDER BY id;
--: INTEGER
--> 1
--> 1
--> 2
--> null
SELECT CASE (SELECT 'x') WHEN kind THEN 1 END FROM things ORDER BY id;
--: INTEGER
--> 1
--> 1
--> null
--> null
SELECT id FROM things t1 WHERE EXISTS (SELECT 1 FROM things t2 WHERE EXISTS (SELECT 1 FROM things t3 WHERE t3.id = t1.id AND t2.id = t3.id + 1)) ORDER BY 1;
--: BIGINT!
--> 1
--> 2
--> 3
SELECT (SELECT SUM(t.id) FROM kinds) FROM things t;
--! FEATURE_NOT_SUPPORTED `SUM of the columns of a query around` is not supported
SELECT (SELECT SUM(t.id) FROM kinds) FROM things t GROUP BY kind;
--! FEATURE_NOT_SUPPORTED `SUM of the columns of a query around` is not supported (line 1, column 16)
SELECT kind FROM things t GROUP BY kind HAVING EXISTS (SELECT 1 FROM things b GROUP BY b.kind HAVING SUM(t.id + b.id) > 3);
--! FEATURE_NOT_SUPPORTED `SUM of the columns of a query around` is not supported (line 1, column 102)
SELECT kind, (SELECT MAX(b.id) FROM things b WHERE b.id > t.id) FROM things t GROUP BY kind;
--! INVALID_STATEMENT expression `t.id` is not being grouped (line 1, column 59)
SELECT kind FROM things t GROUP BY kind ORDER BY (SELECT id FROM kinds LIMIT 1);
--! INVALID_STATEMENT expression `t.id` is not being grouped (line 1, column 58)
SELECT kind, (SELECT COUNT(*) FROM things b WHERE b.kind = t.kind) FROM things t GROUP BY kind ORDER BY kind;
--: VARCHAR | BIGINT
--> x | 2
--> y | 1
--> null | 0
SELECT 1 IN (1, 2), COUNT(*) FROM things GROUP BY 1 IN (1, 2);
--: BOOLEAN! | BIGINT!
--> true | 4
SELECT (SELECT t.id + COUNT(*) FROM kinds) FROM things t ORDER BY 1;
--! INVALID_STATEMENT expression `t.id` is not being grouped (line 1, column 16)
SELECT id, (SELECT u.id FROM things u WHERE u.id > t.id ORDER BY u.id LIMIT 1) FROM things t ORDER BY 1;
--: BIGINT! | BIGINT
--> 1 | 2
--> 2 | 3
--> 3 | 4
--> 4 | null
SELECT id, (SELECT COUNT(*) FROM (SELECT * FROM things u WHERE u.id > t.id) AS v) FROM things t ORDER BY 1;
--: BIGINT! | BIGINT
--> 1 | 3
--> 2 | 2
--> 3 | 1
--> 4 | 0
SELECT id, EXISTS (SELECT 1 FROM kinds k WHERE k.kind = t.kind UNION SELECT 1 FROM kinds k WHERE t.id = 4) FROM things t ORDER BY 1;
--: BIGINT! | BOOLEAN!
--> 1 | true
--> 2 | true
--> 3 | false
--> 4 | true
SELECT id, (SELECT MAX(x) FROM (VALUES (t.id), (2)) AS v (x)) FROM things t ORDER BY 1;
--: BIGINT! | BIGINT
--> 1 | 2
--> 2 | 2
--> 3 | 3
--> 4 | 4
SELECT id, (SELECT ROW_NUMBER() OVER (ORDER BY k.kind) FROM kinds k WHERE k.kind = t.kind) FROM things t ORDER BY 1;
--: BIGINT! | BIGINT
--> 1 | 1
--> 2 | 1
--> 3 | null
--> 4 | null
SELECT t.kind, (SELECT COUNT(*) FROM things u GROUP BY u.kind HAVING u.kind = t.kind) FROM things t ORDER BY 1, 2;
--! INVALID_STATEMENT expression `t.kind` is not being grouped (line 1, column 79)
SELECT a.id FROM things a JOIN things b ON a.id = b.id AND b.id = (SELECT MIN(id) FROM things c WHERE c.kind = a.kind) ORDER BY 1;
--: BIGINT!
--> 1
--> 3
SELECT a.id FROM (things a JOIN things b ON a.id = b.id) JOIN kinds c ON c.kind = a.kind ORDER BY 1;
--: BIGINT!
--> 1
--> 2
SELECT id FROM things WHERE (SELECT COUNT(*) FROM kinds) = 2 ORDER BY 1;
--: BIGINT!
--> 1
--> 2
--> 3
--> 4
SELECT id FROM things, LATERAL (SELECT MAX(label) AS m FROM kinds WHERE kinds.kind = things.kind) x, LATERAL (SELECT x.m || 'y' AS z) y ORDER BY 1;
--: BIGINT!
--> 1
--> 2
--> 3
--> 4
SELECT id FROM things JOIN LATERAL (SELECT label FROM kinds WHERE kinds.kind = things.kind) AS x ON x.label = 'first' ORDER BY 1;
--: BIGINT!
--> 1
--> 2
SELECT id, y.z FROM things LEFT JOIN LATERAL (SELECT label AS z FROM kinds WHERE kinds.kind = things.kind) AS y ON y.z = 'last' ORDER BY 1;
--: BIGINT! | VARCHAR
--> 1 | null
--> 2 | null
--> 3 | null
--> 4 | null
SELECT "id" FROM "small"."things" AS "T T" WHERE "T T"."id" = 1;
--: BIGINT!
--> 1
SELECT id FROM things GROUP BY id, kind HAVING GROUPING(id) = 0 ORDER BY 1;
--: BIGINT!
--> 1
--> 2
--> 3
--> 4
SELECT COUNT(*) FROM things HAVING COUNT(*) > 1;
--: BIGINT!
--> 4
SELECT 1 FROM things HAVING 1 = 1;
--: INTEGER!
--> 1
SELECT 1 HAVING COUNT(*) = 1;
--! SYNTAX incorrect syntax near the keyword `HAVING` (line 1, column 10)
SELECT 1 WHERE 1 = 2;
--! SYNTAX incorrect syntax near the keyword `WHERE` (line 1, column 10)
SELECT * FROM things WHERE id = 1 AND kind = 'x' AND NOT flag;
--: BIGINT! | VARCHAR | INTEGER | DECIMAL | DOUBLE | VARCHAR | BOOLEAN | DATE | TIMESTAMP | TIME
SELECT DISTINCT id FROM things ORDER BY kind;
--! INVALID_STATEMENT expression `kind` is not in the select clause (line 1, column 41)
SELECT DISTINCT kind FROM things ORDER BY UPPER(kind);
--: VARCHAR
--> x
--> y
--> null
SELECT DISTINCT kind FROM things ORDER BY kind LIMIT 1 OFFSET 1;
--: VARCHAR
--> y
SELECT ALL kind FROM things ORDER BY kind;
--: VARCHAR
--> x
--> x
--> y
--> null
SELECT COUNT(*), COUNT(kind), COUNT(DISTINCT kind), COUNT(ALL kind) FROM things;
--: BIGINT! | BIGINT! | BIGINT! | BIGINT!
--> 4 | 3 | 2 | 3
SELECT id FROM things FOR UPDATE;
--! SYNTAX `UPDATE` is not expected here (line 1, column 27)
SELECT TOP 1 id FROM things;
--! SYNTAX `1` is not expected here (line 1, column 12)
MERGE INTO things USING kinds ON TRUE WHEN MATCHED THEN UPDATE SET id = 1;
--! FEATURE_NOT_SUPPORTED tables cannot be changed through SQL (line 1, column 1)
UPSERT INTO things VALUES (1);
--! FEATURE_NOT_SUPPORTED tables cannot be changed through SQL (line 1, column 1)
UPDATE things SET id = 1;
--! FEATURE_NOT_SUPPORTED tables cannot be changed through SQL (line 1, column 1)
CALL x();
--! FEATURE_NOT_SUPPORTED `CALL` is not supported (line 1, column 1)
SELECT * FROM things, things;
--! INVALID_STATEMENT duplicate relation name `things` in FROM clause (line 1, column 23)
SELECT 1;
--: INTEGER!
--> 1
COMMIT;
--! SYNTAX `COMMIT` is not expected here (line 1, column 1)
CREATE OR REPLACE VIEW IF NOT EXISTS v AS SELECT 1;
--! INSUFFICIENT_PRIVILEGE only holders of role `ROLE_ADMIN` may run security commands
SHOW CUBE;
--! SYNTAX `CUBE` is not expected here, after `SHOW` follows what is listed, as in `SHOW ROLES` or `SHOW CUBES`, or the name of a context value (line 1, column 6)
/* that */ CHECK /* and nothing */ this;
--! SYNTAX `this` is not expected here, after `CHECK` follows `RESTRICTIONS` (line 1, column 36)
GRANT;
--! SYNTAX the statement ends too early, after `GRANT` follows roles, `SELECT`, `RESTRICTION` or `MEMBERS` (line 1, column 6)
SELECT 1 FROM SHOW;
--! SYNTAX `SHOW` is not expected here (line 1, column 15)
SELECT 1 FROM things 'x';
--! SYNTAX `'x'` is not expected here (line 1, column 22)
SELECT 1 AS x, 2 AS x;
--: INTEGER! | INTEGER!
--> 1 | 2
SELECT * FROM (SELECT 1 AS x, 2 AS x) AS t;
--! INVALID_STATEMENT column `x` is ambiguous (line 1, column 8)
SELECT t.x FROM (SELECT 1 AS x, 2 AS x) AS t;
--! INVALID_STATEMENT column `x` is ambiguous (line 1, column 8)
SELECT * FROM things AS t (a, b, c, d, e, f, g, h, i, j) ORDER BY a LIMIT 1;
--: BIGINT! | VARCHAR | INTEGER | DECIMAL | DOUBLE | VARCHAR | BOOLEAN | DATE | TIMESTAMP | TIME
--> 1 | x | 7 | 19.99 | 0.5 | Alice | true | 2021-01-31 | 2021-01-31T10:11:12.345678 | 10:11:12.500
SELECT * FROM things AS t (a, b);
--! INVALID_STATEMENT list of column aliases must have same degree as table; table has 10 columns (`id`, `kind`, `whole`, `price`, `ratio`, `name`, `flag`, `born`, `moment`, `clock`), whereas alias list has 2 columns (line 1, column 28)
WITH RECURSIVE r (n) AS (SELECT 1 FROM kinds UNION ALL SELECT n + 1 FROM r WHERE n < 3 UNION ALL SELECT 5 FROM kinds) SELECT * FROM r;
--! INVALID_STATEMENT `r` is read in the first part of its WITH RECURSIVE; only what stands after the last UNION may read it (line 1, column 74)
WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT 5 UNION ALL SELECT n + 1 FROM r WHERE n < 3) SELECT * FROM r;
--: INTEGER!
--> 1
--> 5
--> 2
--> 3
-- The columns of one table.
SELECT T.kind, t.* FROM small.kinds AS t ORDER BY kind;
--: VARCHAR! | VARCHAR! | VARCHAR!
--> x | x | first
--> z | z | last
SELECT x.* FROM kinds AS t;
--! INVALID_STATEMENT unknown identifier `x` (line 1, column 8)

-- What a query inside reads of the one around it, where the columns of a table stand in another order (CALCITE-7405).
SELECT t.label, t.k IN (SELECT b.kind FROM things b WHERE b.kind = t.k), (SELECT COUNT(*) FROM things b WHERE b.kind = t.k) FROM (SELECT label, kind AS k FROM kinds) AS t ORDER BY 1;
--: VARCHAR! | BOOLEAN | BIGINT
--> first | true | 2
--> last | false | 0
SELECT t.k, (SELECT MAX(b.name) FROM things b WHERE b.kind = t.k) FROM (SELECT a.whole, a.kind AS k FROM things a JOIN kinds c ON a.kind = c.kind) AS t ORDER BY t.whole;
--: VARCHAR | VARCHAR
--> x | Été à Zürich
--> x | Été à Zürich
SELECT t.k FROM (SELECT whole AS w, kind AS k, id FROM things) AS t WHERE EXISTS (SELECT 1 FROM kinds b WHERE b.kind = t.k) ORDER BY (SELECT -t.id), t.w;
--: VARCHAR
--> x
--> x
SELECT t.k, COUNT(*), (SELECT b.label FROM kinds b WHERE b.kind = t.k) FROM (SELECT whole AS w, kind AS k, id FROM things) AS t GROUP BY t.k HAVING EXISTS (SELECT 1 FROM kinds b WHERE b.kind = t.k) ORDER BY 1;
--: VARCHAR | BIGINT! | VARCHAR
--> x | 2 | first
SELECT RANK() OVER (ORDER BY t.i), t.k, t.i, (SELECT b.label FROM kinds b WHERE b.kind = t.k) FROM (SELECT kind AS k, whole AS w, id AS i FROM things) AS t ORDER BY 1;
--: BIGINT! | VARCHAR | BIGINT! | VARCHAR
--> 1 | x | 1 | first
--> 2 | x | 2 | first
--> 3 | y | 3 | null
--> 4 | null | 4 | null
WITH t AS (SELECT label AS l, kind AS k FROM kinds) SELECT t.l, u.c FROM t, LATERAL (SELECT COUNT(*) AS c, (SELECT MAX(b.id) FROM things b WHERE b.kind = t.k) AS m FROM things b WHERE b.kind = t.k) AS u ORDER BY 1;
--: VARCHAR! | BIGINT!
--> first | 2
--> last | 0
SELECT id, CASE WHEN (SELECT MAX(label) FROM kinds k WHERE k.kind = t.kind) IS NOT NULL THEN (SELECT MAX(label) FROM kinds k WHERE k.kind = t.kind) ELSE 'none' END FROM things t ORDER BY 1;
--: BIGINT! | VARCHAR
--> 1 | first
--> 2 | first
--> 3 | none
--> 4 | none
SELECT kind FROM things GROUP BY kind ORDER BY SUM(CASE WHEN kind IN ('y', 'z') THEN 1 END), kind;
--: VARCHAR
--> y
--> x
--> null
SELECT kind FROM things GROUP BY kind ORDER BY kind NOT IN ('y', 'z') DESC NULLS LAST, COUNT(*) IN (1, 3), MAX(id) > SOME (3, 9), MIN(id) <> ALL (1, 2);
--: VARCHAR
--> x
--> y
--> null
SELECT kind FROM things GROUP BY kind ORDER BY (kind, COUNT(*)) IN (('x', 2), ('y', 3)) NULLS LAST, SUM(id) FILTER (WHERE whole IN (0, 7)) DESC NULLS FIRST;
--: VARCHAR
--> y
--> null
--> x
SELECT kind IN ('x', 'z') AS b, COUNT(*) FROM things GROUP BY kind IN ('x', 'z') ORDER BY kind IN ('x', 'z') NULLS LAST;
--: BOOLEAN | BIGINT!
--> false | 1
--> true | 2
--> null | 1
SELECT kind, SUM(SUM(CASE WHEN whole IN (0, 7) THEN id END)) OVER () AS s FROM things GROUP BY kind ORDER BY 1;
--: VARCHAR | BIGINT
--> x | 5
--> y | 5
--> null | 5
SELECT kind, RANK() OVER (ORDER BY SUM(CASE WHEN whole NOT IN (0, 7) THEN id END) NULLS LAST) AS r FROM things GROUP BY kind ORDER BY 2, 1;
--: VARCHAR | BIGINT!
--> x | 1
--> y | 2
--> null | 2
SELECT kind FROM things GROUP BY kind QUALIFY COUNT(*) IN (1, 3) AND ROW_NUMBER() OVER (ORDER BY SUM(CASE WHEN kind IN ('x') THEN 1 END), kind) IN (2, 3) ORDER BY 1;
--: VARCHAR
--> y
--> null
SELECT * FROM (SELECT kind, whole, id FROM things) PIVOT (SUM(CASE WHEN whole IN (0, 7) THEN id END) AS s FOR kind IN ('x' AS x, 'y' AS y));
--: BIGINT | BIGINT
--> 1 | null
SELECT COUNT(*) FROM things ORDER BY MAX(id) IN (SELECT id FROM things WHERE kind IN ('x', 'z')), MAX(id) IN (4);
--: BIGINT!
--> 4
SELECT DISTINCT kind IN ('x', NULL) AS b FROM things ORDER BY kind IN ('x', NULL);
--: BOOLEAN
--> true
--> null
SELECT COUNT(*) FROM things GROUP BY id = whole HAVING (id = whole) IS NULL;
--: BIGINT!
--> 1
SELECT id IN (SELECT whole FROM things) AS b, COUNT(*) FROM things GROUP BY id IN (SELECT whole FROM things) HAVING (id IN (SELECT whole FROM things)) IS NULL ORDER BY id IN (SELECT whole FROM things);
--: BOOLEAN | BIGINT!
--> null | 4
SELECT kind FROM things GROUP BY kind HAVING kind IN ('x', NULL) OR MAX(id) > '3' ORDER BY kind;
--: VARCHAR
--> x
--> null
SELECT kind, kind = ANY (ARRAY['x', 'y']) FROM things GROUP BY kind HAVING kind = ANY (ARRAY['x', 'y']) AND COUNT(*) > ALL (ARRAY[0, 1]) ORDER BY kind = ANY (ARRAY['x', 'y']), 1;
--: VARCHAR | BOOLEAN
--> x | true
SELECT kind FROM things GROUP BY kind QUALIFY ROW_NUMBER() OVER (ORDER BY SUM(CASE WHEN kind = ANY (ARRAY['x', 'y']) THEN id END), kind) = SOME (ARRAY[1, 2]) ORDER BY 1;
--: VARCHAR
--> x
--> y
SELECT * FROM (SELECT kind, whole, id FROM things) PIVOT (SUM(CASE WHEN whole = ANY (ARRAY[0, 7]) THEN id END) AS s FOR kind IN ('x' AS x, 'y' AS y));
--: BIGINT | BIGINT
--> 1 | null
SELECT COUNT(*) FROM things WHERE NULL;
--: BIGINT!
--> 0
SELECT COUNT(*) FROM things HAVING NULL;
--: BIGINT!
SELECT COUNT(*), COUNT(label) FROM things LEFT JOIN kinds ON NULL;
--: BIGINT! | BIGINT!
--> 4 | 0
SELECT id FROM things WHERE EXISTS (SELECT 1 FROM kinds WHERE NULL) OR id = 1;
--: BIGINT!
--> 1

-- Rows that are looked up, of which each is joined with what can fail for it.
SELECT n, m FROM (SELECT o.id AS n, (SELECT MAX(label) FROM kinds p WHERE p.kind = o.kind) c1 FROM things o) AS s, LATERAL (SELECT MAX(10 / z.id) AS m FROM things z WHERE z.id >= s.n) AS l WHERE EXISTS (SELECT 1 FROM things z WHERE z.id = 10 / s.n) ORDER BY n;
--: BIGINT! | BIGINT
--> 3 | 3
--> 4 | 2

-- One that cannot fail stands beside one that can, and keeps rows from it.
SELECT id FROM things a WHERE a.whole IN (SELECT whole FROM things WHERE whole > 0) AND (SELECT MAX(b.id) FROM things b WHERE b.whole = 49 / a.whole) >= 1;
--: BIGINT!
--> 1
