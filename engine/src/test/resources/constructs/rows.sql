-- WITH RECURSIVE, UNNEST, and what once failed.
SELECT LISTAGG(name, ',') WITHIN GROUP (ORDER BY id) FILTER (WHERE id < 3) FROM things;
--: VARCHAR
--> Alice,Été à Zürich
SELECT PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY id) FILTER (WHERE id > 2), PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY id DESC) FILTER (WHERE id > 2) FROM things;
--: BIGINT | DOUBLE
--> 3 | 3.5
SELECT kind, PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY id DESC NULLS LAST) FILTER (WHERE id < 3) FROM things GROUP BY kind ORDER BY kind;
--: VARCHAR | BIGINT
--> x | 2
--> y | null
--> null | null
SELECT kind, SUM(id) AS id FROM things GROUP BY kind ORDER BY SUM(id) DESC, kind;
--: VARCHAR | BIGINT!
--> null | 4
--> x | 3
--> y | 3
SELECT kind, MAX(whole) AS x FROM things GROUP BY kind ORDER BY MAX(x), kind;
--! FEATURE_NOT_SUPPORTED `MAX` is not supported
SELECT SUM(id) FILTER (WHERE flag) OVER (ORDER BY id) FROM things ORDER BY id;
--: BIGINT
--> 1
--> 1
--> 1
--> 5
SELECT COUNT(*) FILTER (WHERE flag) OVER (ORDER BY id) FROM things ORDER BY id;
--: BIGINT!
--> 1
--> 1
--> 1
--> 2
SELECT COUNT(DISTINCT kind) FILTER (WHERE flag) OVER () FROM things LIMIT 1;
--: BIGINT!
--> 1
SELECT LISTAGG(kind) FILTER (WHERE flag) OVER () FROM things LIMIT 1;
--! FEATURE_NOT_SUPPORTED `FILTER of LISTAGG over a window` is not supported (line 1, column 8)
TABLE kinds ORDER BY 1 DESC LIMIT 1;
--: VARCHAR! | VARCHAR!
--> z | last
SELECT id FROM things ORDER BY id OFFSET 99999999999999999999999;
--! INVALID_STATEMENT the number of rows after LIMIT or OFFSET must be a whole number up to 9223372036854775807 (line 1, column 42)
SELECT id FROM things ORDER BY id LIMIT 2.0;
--: BIGINT!
--> 1
--> 2
WITH a AS (SELECT 1 AS x), A AS (SELECT 2 AS x) SELECT * FROM a;
--! INVALID_STATEMENT `A` is defined twice by the same WITH (line 1, column 28)
EXPLAIN PLAN WITH TYPE FOR SELECT id FROM things;
--! FEATURE_NOT_SUPPORTED `EXPLAIN PLAN WITH TYPE` is not supported (line 1, column 43)
SELECT /*+ BROADCAST(things) */ id FROM things ORDER BY 1 LIMIT 1;
--: BIGINT!
--> 1
SELECT id, NTH_VALUE(id, 2) OVER (ORDER BY id) FROM things ORDER BY 1;
--: BIGINT! | BIGINT
--> 1 | null
--> 2 | 2
--> 3 | 2
--> 4 | 2
WITH RECURSIVE r (x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM r WHERE x < 5) SELECT x FROM r ORDER BY 1;
--: INTEGER!
--> 1
--> 2
--> 3
--> 4
--> 5
WITH RECURSIVE r (x) AS (VALUES (1) UNION SELECT MOD(x, 3) + 1 FROM r) SELECT x FROM r ORDER BY x;
--: INTEGER!
--> 1
--> 2
--> 3
WITH RECURSIVE r (x, y) AS (SELECT id, CAST(kind AS VARCHAR) FROM things WHERE id = 1 UNION ALL SELECT t.id, r.y || t.kind FROM r JOIN things t ON t.id = r.x + 1) SELECT * FROM r ORDER BY x;
--: BIGINT! | VARCHAR
--> 1 | x
--> 2 | xx
--> 3 | xxy
--> 4 | null
WITH RECURSIVE r (x) AS (SELECT 1 FROM kinds WHERE kind = 'x' UNION ALL SELECT x + 1 FROM r WHERE x < 3) SELECT a.x, b.x FROM r a JOIN r b ON a.x = b.x ORDER BY 1;
--: INTEGER! | INTEGER!
--> 1 | 1
--> 2 | 2
--> 3 | 3
WITH RECURSIVE r (x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM r WHERE x < 3), s (y) AS (SELECT x FROM r UNION ALL SELECT y + 10 FROM s WHERE y < 15) SELECT * FROM s ORDER BY 1;
--: INTEGER!
--> 1
--> 2
--> 3
--> 11
--> 12
--> 13
--> 21
--> 22
--> 23
SELECT id, (WITH RECURSIVE r (x) AS (SELECT 1 FROM kinds WHERE kind = 'x' UNION ALL SELECT x + 1 FROM r WHERE x < 3) SELECT SUM(x) FROM r) FROM things ORDER BY 1;
--: BIGINT! | BIGINT
--> 1 | 6
--> 2 | 6
--> 3 | 6
--> 4 | 6
SELECT id FROM things WHERE id IN (WITH RECURSIVE r (x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM r WHERE x < 3) SELECT x FROM r) ORDER BY 1;
--: BIGINT!
--> 1
--> 2
--> 3
SELECT id, (WITH RECURSIVE r (x) AS (SELECT t.id FROM kinds WHERE kind = 'x' UNION ALL SELECT x + 1 FROM r WHERE x < 5) SELECT SUM(x) FROM r) FROM things t ORDER BY 1;
--: BIGINT! | BIGINT
--> 1 | 15
--> 2 | 14
--> 3 | 12
--> 4 | 9
WITH RECURSIVE r (x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM things WHERE id IN (SELECT x FROM r)) SELECT x FROM r ORDER BY 1;
--! UNDEFINED_COLUMN column `x` does not exist (line 1, column 54)
WITH RECURSIVE r (x) AS (VALUES (1) UNION ALL SELECT r.x + 1 FROM r WHERE x < 3 AND EXISTS (SELECT 1 FROM things WHERE things.id = r.x)) SELECT x FROM r ORDER BY 1;
--: INTEGER!
--> 1
--> 2
--> 3
WITH RECURSIVE r (x) AS (VALUES (1) UNION ALL SELECT MAX(x) + 1 FROM r HAVING MAX(x) < 4) SELECT x FROM r ORDER BY 1;
--: INTEGER
--> 1
--> 2
--> 3
--> 4
WITH RECURSIVE r (x) AS (VALUES (1) UNION ALL SELECT a.x + b.x FROM r a, r b WHERE a.x < 9) SELECT x FROM r ORDER BY 1;
--: INTEGER!
--> 1
--> 2
--> 4
--> 8
--> 16
WITH RECURSIVE r (x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM (SELECT x FROM r ORDER BY x LIMIT 1) q WHERE x < 3) SELECT x FROM r ORDER BY 1;
--: INTEGER!
--> 1
--> 2
--> 3
WITH RECURSIVE r (x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM r WHERE x < 3 UNION ALL SELECT x + 10 FROM r WHERE x < 3) SELECT x FROM r ORDER BY 1;
--! INVALID_STATEMENT `r` is read in the first part of its WITH RECURSIVE; only what stands after the last UNION may read it (line 1, column 65)
WITH RECURSIVE r (x) AS (SELECT 1 UNION ALL (WITH RECURSIVE r (x) AS (SELECT 5 UNION ALL SELECT x + 1 FROM r WHERE x < 7) SELECT x FROM r)) SELECT x FROM r ORDER BY 1;
--: INTEGER!
--> 1
--> 5
--> 6
--> 7
WITH RECURSIVE r (x) AS (VALUES (1) UNION ALL SELECT s.y + 1 FROM (WITH RECURSIVE s (y) AS (SELECT x FROM r UNION ALL SELECT y + 1 FROM s WHERE y < 3) SELECT y FROM s) s WHERE s.y < 4) SELECT COUNT(*) FROM r;
--: BIGINT!
--> 8
WITH RECURSIVE things (x) AS (SELECT 1 FROM small.things WHERE id = 1 UNION ALL SELECT 2 FROM small.things WHERE id = 2) SELECT x FROM things ORDER BY 1;
--: INTEGER!
--> 1
--> 2
WITH RECURSIVE r (x) AS (SELECT 1 UNION ALL SELECT 2) SELECT x FROM r ORDER BY 1;
--: INTEGER!
--> 1
--> 2
WITH RECURSIVE r (x) AS (SELECT x + 1 FROM r WHERE x < 5) SELECT x FROM r ORDER BY 1;
--! UNDEFINED_TABLE table `r` does not exist (line 1, column 44)
WITH RECURSIVE r (x) AS (VALUES (1) EXCEPT SELECT x + 1 FROM r WHERE x < 5) SELECT x FROM r ORDER BY 1;
--! UNDEFINED_TABLE table `r` does not exist (line 1, column 62)
WITH RECURSIVE a (x) AS (SELECT x FROM b UNION ALL VALUES (1)), b (x) AS (SELECT x FROM a) SELECT x FROM a;
--! UNDEFINED_TABLE table `b` does not exist (line 1, column 40)
WITH RECURSIVE r (x, s) AS (VALUES (1, 'a') UNION ALL SELECT x + 1, s || 'b' FROM r WHERE x < 3) SELECT * FROM r ORDER BY 1;
--! DATATYPE_MISMATCH column 2 of `r` gets longer texts in the second part of its WITH RECURSIVE than the first part has: write `CAST(value AS VARCHAR)` in the first part
WITH RECURSIVE r (x, s) AS (VALUES (1, CAST(NULL AS VARCHAR)) UNION ALL SELECT x + 1, 'b' FROM r WHERE x < 3) SELECT * FROM r ORDER BY 1;
--: INTEGER! | VARCHAR
--> 1 | null
--> 2 | b
--> 3 | b
WITH RECURSIVE r (x) AS (VALUES (1) UNION ALL SELECT LEAD(x) OVER (ORDER BY x) FROM r WHERE x < 3) SELECT x FROM r ORDER BY 1;
--: INTEGER
--> 1
--> null
WITH RECURSIVE r (x) AS (VALUES (1) UNION ALL SELECT r.x + 1 FROM kinds LEFT JOIN r ON r.x = 1 WHERE r.x < 2) SELECT x FROM r ORDER BY 1;
--: INTEGER
--> 1
--> 2
--> 2
WITH RECURSIVE r (x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM r WHERE x < 3) SELECT x, ROW_NUMBER() OVER (ORDER BY x DESC) FROM r WHERE x > 1 ORDER BY 1 LIMIT 1;
--: INTEGER! | BIGINT!
--> 2 | 2
WITH RECURSIVE "r ""q" ("a b", "A c") AS (VALUES (1, 2) UNION ALL SELECT "a b" + 1, "A c" FROM "r ""q" WHERE "a b" < 3) SELECT * FROM "r ""q" ORDER BY 1;
--: INTEGER! | INTEGER!
--> 1 | 2
--> 2 | 2
--> 3 | 2
SELECT * FROM UNNEST(ARRAY[1, 2], ARRAY['a', 'b', 'c']) WITH ORDINALITY AS t (x, y, o) ORDER BY o;
--: INTEGER! | CHAR! | INTEGER!
--> 1 | a | 1
--> 2 | b | 2
--> null | c | 3
SELECT id, x FROM things LEFT JOIN UNNEST(CASE WHEN id = 1 THEN ARRAY[id, whole] END) AS t (x) ON TRUE ORDER BY 1, 2;
--! FEATURE_NOT_SUPPORTED `CAST from ARRAY to ARRAY` is not supported
SELECT kind, x, o FROM (SELECT kind, ARRAY_AGG(id ORDER BY id) AS ids FROM things GROUP BY kind) AS a, UNNEST(a.ids) WITH ORDINALITY AS t (x, o) ORDER BY 1, 2;
--: VARCHAR | BIGINT! | INTEGER!
--> x | 1 | 1
--> x | 2 | 2
--> y | 3 | 1
--> null | 4 | 1
SELECT x FROM UNNEST(ARRAY[DATE '2021-01-01', NULL]) AS t (x) ORDER BY x;
--: DATE
--> 2021-01-01
--> null
SELECT label, x.id FROM kinds RIGHT JOIN UNNEST(ARRAY[1]) AS x (id) ON TRUE ORDER BY 1;
--: VARCHAR | INTEGER!
--> first | 1
--> last | 1
SELECT id, (SELECT SUM(x) FROM UNNEST(ARRAY[id, whole]) AS t (x)) FROM things ORDER BY 1;
--: BIGINT! | BIGINT
--> 1 | 8
--> 2 | -5
--> 3 | 3
--> 4 | 4
SELECT id FROM things WHERE EXISTS (SELECT 1 FROM UNNEST(ARRAY[1, 3]) AS t (x) WHERE x = id) ORDER BY 1;
--: BIGINT!
--> 1
--> 3
SELECT x, y FROM UNNEST(ARRAY[ARRAY[1, 2], ARRAY[3]]) AS t (x), UNNEST(x) AS u (y) ORDER BY y;
--: ARRAY! | INTEGER!
--> [1, 2] | 1
--> [1, 2] | 2
--> [3] | 3
SELECT x + 1 FROM UNNEST(ARRAY[1, 2, 3]) AS t (x) WHERE x > 1 ORDER BY 1 DESC LIMIT 1;
--: INTEGER!
--> 4
SELECT id FROM things WHERE (id, kind) IS DISTINCT FROM (4, NULL) ORDER BY 1;
--: BIGINT!
--> 1
--> 2
--> 3
SELECT (1, 2) < (1, 3), (1, NULL) < (2, 1), (1, NULL) = (1, 2), (1, NULL) <> (2, 1), (1, NULL) <= (1, 2), (2, 1) > (1, NULL) FROM things WHERE id = 1;
--: BOOLEAN! | BOOLEAN | BOOLEAN | BOOLEAN | BOOLEAN | BOOLEAN
--> true | true | null | true | null | true
SELECT (1, (2, 3)) < (1, (2, 4)) FROM things;
--! FEATURE_NOT_SUPPORTED a comparison of rows that hold rows is not supported
SELECT (1, 'a') < (1, 2) FROM things;
--! DATA_EXCEPTION a value cannot be computed: conversion failed
SELECT id FROM things WHERE (id, whole) > (SELECT id, whole FROM things);
--! DATATYPE_MISMATCH cannot apply `$SCALAR_QUERY` to arguments of type `$SCALAR_QUERY(<RECORDTYPE(BIGINT ID, INTEGER WHOLE)>)`. Supported form(s): `$SCALAR_QUERY(<RECORDTYPE(SINGLE FIELD)>)` (line 1, column 43)
SELECT id FROM things WHERE (id, born) > (1, '2020-01-01') ORDER BY 1;
--: BIGINT!
--> 1
--> 2
--> 3
--> 4
SELECT id FROM things WHERE (id, whole) > ANY (SELECT id, whole FROM things) ORDER BY 1;
--! FEATURE_NOT_SUPPORTED `> SOME of rows` is not supported
WITH RECURSIVE r (x, s) AS (VALUES (1, CAST('a' AS VARCHAR)) UNION ALL SELECT x + 1, s || 'b' FROM r WHERE x < 3) SELECT * FROM r ORDER BY 1;
--: INTEGER! | VARCHAR!
--> 1 | a
--> 2 | ab
--> 3 | abb
WITH RECURSIVE r (x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM r WHERE x < 3 AND x IN (SELECT y.x FROM r AS y)) SELECT x FROM r ORDER BY 1;
--: INTEGER!
--> 1
--> 2
--> 3
SELECT id FROM things WHERE (id, kind) IS DISTINCT FROM (1, 'x') ORDER BY id;
--: BIGINT!
--> 2
--> 3
--> 4
SELECT id FROM things WHERE id = 3 OR (id, kind) IS NOT DISTINCT FROM (1, 'x') OR (kind, id) IS NOT DISTINCT FROM (NULL, 4) ORDER BY id;
--: BIGINT!
--> 1
--> 3
--> 4
