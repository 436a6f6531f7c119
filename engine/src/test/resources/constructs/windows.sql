-- Windows, common table expressions, VALUES, PIVOT, limits and orders.
SELECT id, SUM(id) OVER (ORDER BY id GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM things;
--! SYNTAX `GROUPS` is not expected here (line 1, column 38)
SELECT id, SUM(id) OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE CURRENT ROW) FROM things ORDER BY 1;
--: BIGINT! | BIGINT
--> 1 | 9
--> 2 | 8
--> 3 | 7
--> 4 | 6
SELECT id, SUM(id) OVER (ORDER BY kind ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE GROUP) FROM things ORDER BY 1;
--: BIGINT! | BIGINT
--> 1 | 7
--> 2 | 7
--> 3 | 7
--> 4 | 6
SELECT id, SUM(id) OVER (ORDER BY kind ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE TIES) FROM things ORDER BY 1;
--: BIGINT! | BIGINT
--> 1 | 8
--> 2 | 9
--> 3 | 10
--> 4 | 10
SELECT id, SUM(id) OVER (ORDER BY kind ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE NO OTHERS) FROM things ORDER BY 1;
--: BIGINT! | BIGINT!
--> 1 | 10
--> 2 | 10
--> 3 | 10
--> 4 | 10
SELECT id, SUM(id) OVER (ORDER BY id ROWS 1 PRECEDING) FROM things ORDER BY 1;
--: BIGINT! | BIGINT
--> 1 | 1
--> 2 | 3
--> 3 | 5
--> 4 | 7
SELECT id, SUM(id) OVER (ORDER BY id ROWS BETWEEN 1 FOLLOWING AND 2 FOLLOWING) FROM things ORDER BY 1;
--: BIGINT! | BIGINT
--> 1 | 5
--> 2 | 7
--> 3 | 4
--> 4 | null
SELECT id, SUM(id) OVER (ORDER BY id RANGE BETWEEN 2 PRECEDING AND 1 PRECEDING) FROM things ORDER BY 1;
--: BIGINT! | BIGINT
--> 1 | null
--> 2 | 1
--> 3 | 3
--> 4 | 5
SELECT id, SUM(id) OVER (ORDER BY price RANGE BETWEEN 2.5 PRECEDING AND 3.5 FOLLOWING) FROM things ORDER BY 1;
--: BIGINT! | BIGINT
--> 1 | 1
--> 2 | 6
--> 3 | 3
--> 4 | 4
SELECT id, SUM(id) OVER (ORDER BY moment RANGE BETWEEN INTERVAL '400' DAY PRECEDING AND INTERVAL '1' HOUR FOLLOWING) FROM things ORDER BY 1;
--: BIGINT! | BIGINT
--> 1 | 5
--> 2 | 2
--> 3 | 3
--> 4 | 4
SELECT id, SUM(id) OVER (ORDER BY born RANGE INTERVAL '1' MONTH PRECEDING) FROM things ORDER BY 1;
--: BIGINT! | BIGINT
--> 1 | 1
--> 2 | 2
--> 3 | 3
--> 4 | 4
SELECT id, SUM(id) OVER (ORDER BY kind RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) FROM things ORDER BY 1;
--! INVALID_STATEMENT data type of ORDER BY prohibits use of RANGE clause (line 1, column 54)
SELECT id, SUM(id) OVER (ORDER BY kind, id RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) FROM things ORDER BY 1;
--! INVALID_STATEMENT RANGE clause cannot be used with compound ORDER BY clause (line 1, column 44)
SELECT id, SUM(id) OVER (ROWS UNBOUNDED PRECEDING) FROM things ORDER BY 1;
--: BIGINT! | BIGINT!
--> 1 | 1
--> 2 | 3
--> 3 | 6
--> 4 | 10
SELECT id, SUM(id) OVER (w ROWS 1 PRECEDING) FROM things WINDOW w AS (PARTITION BY kind ORDER BY id) ORDER BY 1;
--: BIGINT! | BIGINT
--> 1 | 1
--> 2 | 3
--> 3 | 3
--> 4 | 4
SELECT id, SUM(id) OVER v FROM things WINDOW w AS (PARTITION BY kind), v AS (w ORDER BY id DESC) ORDER BY 1;
--: BIGINT! | BIGINT!
--> 1 | 3
--> 2 | 2
--> 3 | 3
--> 4 | 4
SELECT id, SUM(id) FILTER (WHERE flag) OVER (ORDER BY id) FROM things ORDER BY 1;
--: BIGINT! | BIGINT
--> 1 | 1
--> 2 | 1
--> 3 | 1
--> 4 | 5
SELECT id, COUNT(DISTINCT kind) OVER (PARTITION BY flag) FROM things ORDER BY 1;
--: BIGINT! | BIGINT!
--> 1 | 1
--> 2 | 1
--> 3 | 1
--> 4 | 1
SELECT id, FIRST_VALUE(whole) IGNORE NULLS OVER (ORDER BY id DESC), LAST_VALUE(whole) RESPECT NULLS OVER (ORDER BY id) FROM things ORDER BY 1;
--: BIGINT! | INTEGER | INTEGER
--> 1 | 0 | 7
--> 2 | 0 | -7
--> 3 | 0 | null
--> 4 | 0 | 0
SELECT id, COALESCE(NTH_VALUE(id, 3) OVER (ORDER BY id), -1), NTH_VALUE(id, 3) OVER w IS NULL FROM things WINDOW w AS (ORDER BY id) ORDER BY 1;
--: BIGINT! | BIGINT! | BOOLEAN!
--> 1 | -1 | true
--> 2 | -1 | true
--> 3 | 3 | false
--> 4 | 3 | false
SELECT id, MIN(id) OVER w, FIRST_VALUE(id) OVER w, BIT_AND(id) OVER w, MODE(id) OVER w FROM things WHERE id < 2 WINDOW w AS (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE CURRENT ROW);
--: BIGINT! | BIGINT | BIGINT | BIGINT | BIGINT
--> 1 | null | null | null | null
SELECT id, COALESCE(MIN(id) OVER w, -1), COALESCE(FIRST_VALUE(id) OVER w, -2), SUM(id) OVER w IS NULL, COALESCE(AVG(id) OVER w, -3), COUNT(id) OVER w, STDDEV_POP(id) OVER w IS NULL FROM things WHERE id < 2 WINDOW w AS (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE CURRENT ROW);
--: BIGINT! | BIGINT! | BIGINT! | BOOLEAN! | DOUBLE! | BIGINT! | BOOLEAN!
--> 1 | -1 | -2 | true | -3.0 | 0 | true
SELECT id, COALESCE(m, -1), n FROM (SELECT id, MAX(id) OVER (w ROWS BETWEEN CURRENT ROW AND CURRENT ROW EXCLUDE GROUP) AS m, COUNT(*) OVER w AS n FROM things WHERE id < 3 WINDOW w AS (ORDER BY id)) AS t ORDER BY 1;
--: BIGINT! | BIGINT! | BIGINT!
--> 1 | -1 | 1
--> 2 | -1 | 2
SELECT id, SUM(id) OVER (w ROWS BETWEEN 1 PRECEDING AND CURRENT ROW), COUNT(*) OVER (w ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING), SUM(id) OVER (w RANGE 1 PRECEDING), MIN(id) OVER (w ROWS 1 PRECEDING) FROM things WINDOW w AS (ORDER BY id) ORDER BY 1;
--: BIGINT! | BIGINT | BIGINT! | BIGINT | BIGINT
--> 1 | 1 | 4 | 1 | 1
--> 2 | 3 | 3 | 3 | 1
--> 3 | 5 | 2 | 5 | 2
--> 4 | 7 | 1 | 7 | 3
SELECT id, SUM(id) OVER (w2 ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW), SUM(id) OVER w3 FROM things WINDOW w1 AS (PARTITION BY kind), w2 AS (w1 ORDER BY id), w3 AS (w2) ORDER BY 1;
--: BIGINT! | BIGINT! | BIGINT!
--> 1 | 1 | 1
--> 2 | 3 | 3
--> 3 | 3 | 3
--> 4 | 4 | 4
SELECT id, SUM(id) OVER c FROM things WINDOW a AS (ORDER BY id), b AS (a), c AS (b ORDER BY kind);
--! INVALID_STATEMENT ORDER BY not allowed in both base and referenced windows (line 1, column 93)
SELECT id, SUM(id) OVER w FROM things WINDOW w AS (v), v AS (w ORDER BY id);
--! INVALID_STATEMENT window `v` not found (line 1, column 52)
SELECT id, SUM(id) OVER v FROM things WHERE id < 4 WINDOW w AS (ORDER BY id), v AS (w ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE CURRENT ROW) ORDER BY 1;
--: BIGINT! | BIGINT
--> 1 | 5
--> 2 | 4
--> 3 | 3
SELECT id, COVAR_POP(id, whole) OVER (ORDER BY id), REGR_SXX(id, id) OVER (ORDER BY id), REGR_SYY(id, whole) OVER (), REGR_COUNT(id, whole) OVER (ORDER BY id) FROM things ORDER BY 1;
--: BIGINT! | DOUBLE | DOUBLE! | DOUBLE | BIGINT!
--> 1 | 0.0 | 0.0 | 4.666666666666666 | 1
--> 2 | -3.5 | 0.5 | 4.666666666666666 | 2
--> 3 | -3.5 | 2.0 | 4.666666666666666 | 2
--> 4 | -2.3333333333333335 | 5.0 | 4.666666666666666 | 3
SELECT id, VAR_POP(1E9 + id) OVER (), STDDEV_POP(1E9 + id) OVER (), STDDEV_SAMP(1E9 + id) OVER (ORDER BY id) IS NULL, STDDEV(1E9 + id) OVER () FROM things WHERE id < 4 ORDER BY 1;
--: BIGINT! | DOUBLE! | DOUBLE! | BOOLEAN! | DOUBLE
--> 1 | 0.6666666666666666 | 0.816496580927726 | true | 1.0
--> 2 | 0.6666666666666666 | 0.816496580927726 | false | 1.0
--> 3 | 0.6666666666666666 | 0.816496580927726 | false | 1.0
SELECT id, LAG(whole, 1, 0) OVER (ORDER BY id), COALESCE(LAG(whole, 1, 0) OVER (ORDER BY id), -1), LEAD(id, 1, 0) OVER (ORDER BY id) FROM things ORDER BY 1;
--: BIGINT! | INTEGER | INTEGER! | BIGINT!
--> 1 | 0 | 0 | 2
--> 2 | 7 | 7 | 3
--> 3 | -7 | -7 | 4
--> 4 | null | -1 | 0
SELECT id, NTH_VALUE(whole, 2) IGNORE NULLS OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM things ORDER BY 1;
--: BIGINT! | INTEGER
--> 1 | -7
--> 2 | -7
--> 3 | -7
--> 4 | -7
SELECT id, FIRST_VALUE(id) IGNORE NULLS OVER (ORDER BY id ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING), COALESCE(LAST_VALUE(id) RESPECT NULLS OVER (ORDER BY id ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING EXCLUDE CURRENT ROW), -1) FROM things ORDER BY 1;
--: BIGINT! | BIGINT | BIGINT!
--> 1 | null | 2
--> 2 | 1 | 3
--> 3 | 1 | 4
--> 4 | 2 | -1
SELECT id, NTH_VALUE(whole, 2) FROM LAST OVER (ORDER BY id) FROM things ORDER BY 1;
--! SYNTAX incorrect syntax near the keyword `OVER` (line 1, column 42)
SELECT id, SUM(whole) IGNORE NULLS OVER (ORDER BY id) FROM things ORDER BY 1;
--! INVALID_STATEMENT cannot specify IGNORE NULLS or RESPECT NULLS following `SUM` (line 1, column 12)
SELECT id, LAG(whole, 1, 0) OVER (PARTITION BY kind ORDER BY id), LAG(id, 0) OVER (ORDER BY id) FROM things ORDER BY 1;
--: BIGINT! | INTEGER | BIGINT
--> 1 | 0 | 1
--> 2 | 7 | 2
--> 3 | 0 | 3
--> 4 | 0 | 4
SELECT id, LISTAGG(kind, ',') OVER (ORDER BY id) FROM things ORDER BY 1;
--! FEATURE_NOT_SUPPORTED `LISTAGG OVER` is not supported
SELECT id, PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY ratio) OVER (PARTITION BY kind) FROM things ORDER BY 1;
--! INVALID_STATEMENT OVER must be applied to aggregate function (line 1, column 12)
SELECT id, RATIO_TO_REPORT(id) OVER () FROM things ORDER BY 1;
--! UNDEFINED_FUNCTION no match found for function signature RATIO_TO_REPORT(<NUMERIC>) (line 1, column 12)
SELECT id, ANY_VALUE(kind) OVER (PARTITION BY kind), BIT_OR(id) OVER (), EVERY(flag) OVER (), STDDEV_POP(id) OVER () FROM things ORDER BY 1;
--: BIGINT! | VARCHAR | BIGINT! | BOOLEAN | DOUBLE!
--> 1 | x | 7 | false | 1.118033988749895
--> 2 | x | 7 | false | 1.118033988749895
--> 3 | y | 7 | false | 1.118033988749895
--> 4 | null | 7 | false | 1.118033988749895
SELECT kind, COUNT(*), RANK() OVER (ORDER BY COUNT(*) DESC) AS r FROM things GROUP BY kind QUALIFY r = 1 ORDER BY 1;
--: VARCHAR | BIGINT! | BIGINT!
--> x | 2 | 1
SELECT id FROM things WINDOW w AS (ORDER BY id) QUALIFY ROW_NUMBER() OVER w < 3 ORDER BY 1;
--: BIGINT!
--> 1
--> 2
SELECT DISTINCT kind, SUM(id) OVER (PARTITION BY kind) FROM things ORDER BY 1;
--: VARCHAR | BIGINT!
--> x | 3
--> y | 3
--> null | 4
SELECT DISTINCT kind, 1.0 * SUM(id) / SUM(SUM(id)) OVER () FROM things GROUP BY kind ORDER BY 1;
--: VARCHAR | DOUBLE!
--> x | 0.3
--> y | 0.3
--> null | 0.4
SELECT DISTINCT kind, CAST(id AS DOUBLE) / SUM(id) OVER () FROM things ORDER BY 1, 2;
--: VARCHAR | DOUBLE!
--> x | 0.1
--> x | 0.2
--> y | 0.3
--> null | 0.4
SELECT DISTINCT id / COUNT(*) OVER () FROM things ORDER BY 1;
--: BIGINT!
--> 0
--> 1
SELECT DISTINCT SUM(id) OVER (PARTITION BY kind) / COUNT(*) OVER (PARTITION BY kind) FROM things ORDER BY 1;
--: BIGINT!
--> 1
--> 3
--> 4
SELECT id FROM things WHERE ROW_NUMBER() OVER (ORDER BY id) = 1;
--! INVALID_STATEMENT windowed aggregate expression is illegal in WHERE clause (line 1, column 29)
SELECT SUM(ROW_NUMBER() OVER (ORDER BY id)) FROM things;
--! INVALID_STATEMENT aggregate expressions cannot be nested (line 1, column 8)
SELECT ROW_NUMBER() OVER (ORDER BY SUM(id) OVER (ORDER BY id)) FROM things;
--! INVALID_STATEMENT ORDER BY expression should not contain OVER clause (line 1, column 26)
SELECT id, SUM(id) OVER (ORDER BY 1) FROM things ORDER BY id;
--: BIGINT! | BIGINT!
--> 1 | 10
--> 2 | 10
--> 3 | 10
--> 4 | 10
SELECT id FROM things ORDER BY ROW_NUMBER() OVER (ORDER BY id DESC);
--: BIGINT!
--> 4
--> 3
--> 2
--> 1
SELECT id, ROW_NUMBER() OVER (ORDER BY (SELECT MAX(u.whole) FROM things u WHERE u.kind = t.kind), id) FROM things t ORDER BY 1;
--: BIGINT! | BIGINT!
--> 1 | 1
--> 2 | 2
--> 3 | 3
--> 4 | 4
SELECT id, SUM((SELECT MAX(u.whole) FROM things u WHERE u.kind = t.kind)) OVER (ORDER BY id) FROM things t ORDER BY 1;
--: BIGINT! | BIGINT
--> 1 | 7
--> 2 | 14
--> 3 | 14
--> 4 | 14
WITH RECURSIVE r (x) AS (SELECT id FROM things UNION ALL SELECT x + 1 FROM r WHERE x < 5) SELECT COUNT(*) FROM r;
--: BIGINT!
--> 14
WITH a (x, y) AS (SELECT id, kind FROM things) SELECT * FROM a ORDER BY 1;
--: BIGINT! | VARCHAR
--> 1 | x
--> 2 | x
--> 3 | y
--> 4 | null
WITH a AS (SELECT 1 AS x), a AS (SELECT 2 AS x) SELECT * FROM a;
--! INVALID_STATEMENT `a` is defined twice by the same WITH (line 1, column 28)
WITH things AS (SELECT 1 AS x) SELECT * FROM things;
--: INTEGER!
--> 1
VALUES (1, 'a'), (2, 'b') ORDER BY 1 DESC;
--: INTEGER! | CHAR!
--> 2 | b
--> 1 | a
SELECT * FROM (VALUES (1, 'a'), (2, 'bcd')) AS t (x, y) ORDER BY x;
--: INTEGER! | VARCHAR!
--> 1 | a
--> 2 | bcd
SELECT * FROM (VALUES ROW(1, 'a'), ROW(2, 'b')) AS t (x, y) ORDER BY x LIMIT 1;
--: INTEGER! | CHAR!
--> 1 | a
SELECT id FROM things WHERE id IN (VALUES 1, 2) ORDER BY 1;
--: BIGINT!
--> 1
--> 2
SELECT (VALUES 7);
--: INTEGER
--> 7
INSERT INTO things VALUES (1);
--! FEATURE_NOT_SUPPORTED tables cannot be changed through SQL (line 1, column 1)
SELECT * FROM things CROSS JOIN (VALUES (id)) AS t (x);
--! UNDEFINED_COLUMN column `id` does not exist (line 1, column 42)
SELECT t.x FROM things CROSS JOIN LATERAL (VALUES (id), (id + 1)) AS t (x) ORDER BY 1;
--: BIGINT!
--> 1
--> 2
--> 2
--> 3
--> 3
--> 4
--> 4
--> 5
SELECT x, o FROM UNNEST(ARRAY['a', 'b']) WITH ORDINALITY AS t (x, o) ORDER BY o;
--: CHAR! | INTEGER!
--> a | 1
--> b | 2
SELECT id, x FROM things, UNNEST(ARRAY[id, id + 1]) AS t (x) ORDER BY 1, 2;
--: BIGINT! | BIGINT!
--> 1 | 1
--> 1 | 2
--> 2 | 2
--> 2 | 3
--> 3 | 3
--> 3 | 4
--> 4 | 4
--> 4 | 5
SELECT id, x FROM things CROSS JOIN UNNEST(ARRAY[id, whole]) AS t (x) ORDER BY 1, 2;
--: BIGINT! | BIGINT
--> 1 | 1
--> 1 | 7
--> 2 | -7
--> 2 | 2
--> 3 | 3
--> 3 | null
--> 4 | 0
--> 4 | 4
SELECT id, x FROM things LEFT JOIN UNNEST(ARRAY[id, whole]) AS t (x) ON TRUE ORDER BY 1, 2;
--: BIGINT! | BIGINT
--> 1 | 1
--> 1 | 7
--> 2 | -7
--> 2 | 2
--> 3 | 3
--> 3 | null
--> 4 | 0
--> 4 | 4
SELECT kind, x FROM (SELECT kind, ARRAY_AGG(id) AS ids FROM things GROUP BY kind) AS a, UNNEST(a.ids) AS t (x) ORDER BY 1, 2;
--: VARCHAR | BIGINT!
--> x | 1
--> x | 2
--> y | 3
--> null | 4
SELECT x FROM UNNEST(CAST(NULL AS INTEGER ARRAY)) AS t (x);
--: INTEGER
SELECT 1 IN (SELECT * FROM UNNEST(ARRAY[1, 2]));
--: BOOLEAN!
--> true
SELECT a, b FROM UNNEST(ARRAY[ROW(1, 'a'), ROW(2, 'b')]) AS t (a, b);
--! FEATURE_NOT_SUPPORTED `UNNEST of anything but an array of values` is not supported
SELECT x FROM UNNEST(MULTISET[1, 2]) AS t (x);
--! FEATURE_NOT_SUPPORTED `UNNEST of anything but an array of values` is not supported
SELECT k, v FROM UNNEST(MAP['a', 1]) AS t (k, v);
--! FEATURE_NOT_SUPPORTED `UNNEST of anything but an array of values` is not supported
SELECT * FROM (SELECT kind, flag, id FROM things) PIVOT (SUM(id) AS s FOR flag IN (TRUE AS t, FALSE AS f)) ORDER BY 1;
--: VARCHAR | BIGINT | BIGINT
--> x | 1 | 2
--> y | null | null
--> null | 4 | null
SELECT * FROM (SELECT kind, flag, id FROM things) PIVOT (SUM(id) AS s, COUNT(*) AS c FOR (kind, flag) IN (('x', TRUE) AS a, ('y', FALSE) AS b));
--: BIGINT | BIGINT! | BIGINT | BIGINT!
--> 1 | 1 | null | 0
SELECT * FROM (SELECT id, whole, CAST(price AS INTEGER) AS p FROM things) UNPIVOT (v FOR c IN (whole, p)) ORDER BY id, c;
--: BIGINT! | VARCHAR! | INTEGER!
--> 1 | p | 20
--> 1 | whole | 7
--> 2 | p | -4
--> 2 | whole | -7
--> 4 | p | 0
--> 4 | whole | 0
SELECT * FROM (SELECT id, whole, CAST(price AS INTEGER) AS p FROM things) UNPIVOT INCLUDE NULLS (v FOR c IN (whole AS 'w', p AS 'q')) ORDER BY id, c;
--: BIGINT! | CHAR! | INTEGER
--> 1 | q | 20
--> 1 | w | 7
--> 2 | q | -4
--> 2 | w | -7
--> 3 | q | null
--> 3 | w | null
--> 4 | q | 0
--> 4 | w | 0
SELECT id FROM things TABLESAMPLE SYSTEM (50);
--! FEATURE_NOT_SUPPORTED `TABLESAMPLE` is not supported (line 1, column 16)
SELECT id FROM things TABLESAMPLE BERNOULLI (50) REPEATABLE (3);
--! FEATURE_NOT_SUPPORTED `TABLESAMPLE` is not supported (line 1, column 16)
SELECT id FROM things TABLESAMPLE SUBSTITUTE ('x');
--! FEATURE_NOT_SUPPORTED `TABLESAMPLE` is not supported (line 1, column 16)
SELECT * FROM things MATCH_RECOGNIZE (PATTERN (a b) DEFINE b AS b.id > a.id) AS m;
--! FEATURE_NOT_SUPPORTED `MATCH_RECOGNIZE` is not supported
SELECT * FROM things MATCH_RECOGNIZE (ORDER BY id MEASURES a.id AS x PATTERN (a b) DEFINE b AS b.id > a.id) AS m;
--! FEATURE_NOT_SUPPORTED `MATCH_RECOGNIZE` is not supported
SELECT id FROM things ORDER BY id FETCH FIRST 2 ROWS ONLY;
--: BIGINT!
--> 1
--> 2
SELECT id FROM things ORDER BY id FETCH FIRST ROW ONLY;
--! SYNTAX `ROW` is not expected here (line 1, column 47)
SELECT id FROM things ORDER BY id FETCH FIRST 2 ROWS WITH TIES;
--! SYNTAX `WITH` is not expected here (line 1, column 54)
SELECT id FROM things ORDER BY id LIMIT 1, 2;
--: BIGINT!
--> 2
--> 3
SELECT id FROM things ORDER BY id LIMIT ALL;
--: BIGINT!
--> 1
--> 2
--> 3
--> 4
SELECT id FROM things ORDER BY id OFFSET 3;
--: BIGINT!
--> 4
SELECT id FROM things ORDER BY id LIMIT 1 + 1;
--! SYNTAX `+` is not expected here (line 1, column 43)
SELECT id FROM things ORDER BY id LIMIT -1;
--! SYNTAX `-` is not expected here (line 1, column 41)
SELECT id FROM things ORDER BY id LIMIT 2.5;
--! INVALID_STATEMENT the number of rows after LIMIT or OFFSET must be a whole number up to 9223372036854775807 (line 1, column 41)
SELECT id FROM things ORDER BY id LIMIT 99999999999999999999999;
--! INVALID_STATEMENT the number of rows after LIMIT or OFFSET must be a whole number up to 9223372036854775807 (line 1, column 41)
SELECT id FROM things LIMIT (SELECT 1);
--! SYNTAX `(` is not expected here (line 1, column 29)
SELECT id FROM things ORDER BY 5;
--! INVALID_STATEMENT ordinal out of range (line 1, column 32)
SELECT id FROM things ORDER BY 'x';
--: BIGINT!
--> 1
--> 2
--> 3
--> 4
SELECT kind, SUM(id) FROM things GROUP BY kind ORDER BY SUM(id) DESC, kind;
--: VARCHAR | BIGINT!
--> null | 4
--> x | 3
--> y | 3
SELECT kind, SUM(id) AS id FROM things GROUP BY kind ORDER BY SUM(id) DESC, kind;
--: VARCHAR | BIGINT!
--> null | 4
--> x | 3
--> y | 3
SELECT kind, MAX(whole) AS whole FROM things GROUP BY kind ORDER BY MAX(whole), kind;
--: VARCHAR | INTEGER
--> null | 0
--> x | 7
--> y | null
SELECT kind AS id, id AS kind FROM things ORDER BY id, kind;
--: VARCHAR | BIGINT!
--> x | 1
--> x | 2
--> y | 3
--> null | 4
SELECT UPPER(kind) AS kind FROM things ORDER BY UPPER(kind), id;
--: VARCHAR
--> X
--> X
--> Y
--> null
SELECT -id AS id FROM things ORDER BY id;
--: BIGINT!
--> -4
--> -3
--> -2
--> -1
SELECT -id AS id FROM things ORDER BY -id;
--: BIGINT!
--> -1
--> -2
--> -3
--> -4
SELECT id AS x FROM things ORDER BY x + 1;
--: BIGINT!
--> 1
--> 2
--> 3
--> 4

-- What is computed over a window, and grouped by.
SELECT COUNT(*) FROM (SELECT SUM(whole) OVER () AS c FROM things) AS t GROUP BY c + 1;
--: BIGINT!
--> 4

-- Windows over windows, of which one is not looked at: Calcite would write a group of all rows.
SELECT k, COUNT(n) FROM (SELECT SUM(n) OVER (PARTITION BY m) AS n, 1 AS k FROM (SELECT COUNT(id) OVER (PARTITION BY kind) AS n, kind AS m FROM things) AS b) AS c GROUP BY k;
--: INTEGER! | BIGINT!
--> 1 | 4
SELECT COUNT(n), MIN(k) FROM (SELECT RANK() OVER (ORDER BY m) AS n, 1 AS k FROM (SELECT COUNT(id) OVER (PARTITION BY kind) AS n, kind AS m FROM things) AS b) AS c;
--: BIGINT! | INTEGER
--> 4 | 1

-- Named windows: in ORDER BY, alike, with the name of one around them, and whatever the capitals.
SELECT id FROM things WINDOW w AS (ORDER BY id DESC) ORDER BY SUM(id) OVER w;
--: BIGINT!
--> 4
--> 3
--> 2
--> 1
SELECT id FROM things WINDOW W AS (PARTITION BY kind), v AS (w ORDER BY id DESC) ORDER BY kind, RANK() OVER (w ORDER BY id), COUNT(*) OVER V;
--: BIGINT!
--> 1
--> 2
--> 3
--> 4
SELECT kind, SUM(SUM(id)) OVER w FROM things GROUP BY kind WINDOW w AS (ORDER BY kind) ORDER BY SUM(SUM(id)) OVER w DESC;
--: VARCHAR | BIGINT!
--> null | 10
--> y | 6
--> x | 3
SELECT SUM(id) OVER a, COUNT(*) OVER b FROM things WINDOW a AS (ORDER BY id), b AS (ORDER BY id) ORDER BY 1;
--: BIGINT! | BIGINT!
--> 1 | 1
--> 3 | 2
--> 6 | 3
--> 10 | 4
SELECT c, SUM(c) OVER w FROM (SELECT COUNT(*) OVER w AS c, id FROM things WINDOW w AS (PARTITION BY kind)) AS q WINDOW w AS (ORDER BY id) ORDER BY id;
--: BIGINT! | BIGINT!
--> 2 | 2
--> 2 | 4
--> 1 | 5
--> 1 | 6
SELECT id FROM things WINDOW w AS (ORDER BY id), W AS (ORDER BY kind);
--! INVALID_STATEMENT duplicate window names not allowed (line 1, column 50)
SELECT id FROM things WINDOW w AS (ORDER BY id) ORDER BY SUM(id) OVER Nope;
--! INVALID_STATEMENT window `Nope` not found (line 1, column 71)
SELECT id FROM things WINDOW w AS (ORDER BY nope);
--! UNDEFINED_COLUMN column `nope` does not exist (line 1, column 45)
SELECT id, COVAR_POP(id, whole) FILTER (WHERE id <> 2) OVER w, REGR_SXX(whole, id) FILTER (WHERE flag) OVER w, REGR_SLOPE(id, whole) FILTER (WHERE id <> 2) OVER w FROM things WINDOW w AS (ORDER BY id) ORDER BY id;
--: BIGINT! | DOUBLE | DOUBLE | DOUBLE
--> 1 | 0.0 | 0.0 | null
--> 2 | 0.0 | 0.0 | null
--> 3 | 0.0 | 0.0 | null
--> 4 | -5.25 | 4.5 | -0.42857142857142855
SELECT id, CORR(id, whole) FILTER (WHERE id < 3) OVER (), MODE(kind) FILTER (WHERE id > 2) OVER (), ANY_VALUE(id) FILTER (WHERE id = 3) OVER (), BIT_OR(id) FILTER (WHERE id < 4) OVER () FROM things ORDER BY id LIMIT 1;
--: BIGINT! | DOUBLE | VARCHAR | BIGINT | BIGINT
--> 1 | -1.0 | y | 3 | 3
SELECT kind, SUM(SUM(id)) OVER W FROM things GROUP BY kind WINDOW w AS (ORDER BY kind) ORDER BY 2;
--: VARCHAR | BIGINT!
--> x | 3
--> y | 6
--> null | 10
SELECT kind, SUM(id) AS id FROM things GROUP BY kind ORDER BY RANK() OVER (ORDER BY SUM(id) DESC), 1;
--: VARCHAR | BIGINT!
--> null | 4
--> x | 3
--> y | 3
SELECT DISTINCT kind, COUNT(*) OVER (PARTITION BY kind) FROM things ORDER BY COUNT(*) OVER (PARTITION BY kind), kind;
--: VARCHAR | BIGINT!
--> y | 1
--> null | 1
--> x | 2
SELECT DISTINCT kind, COUNT(*) OVER w FROM things WINDOW w AS (PARTITION BY kind) ORDER BY COUNT(*) OVER w, kind;
--: VARCHAR | BIGINT!
--> y | 1
--> null | 1
--> x | 2
SELECT -id AS id FROM things WINDOW w AS (ORDER BY id) ORDER BY SUM(whole) OVER w NULLS FIRST, 1;
--: BIGINT!
--> -4
--> -3
--> -2
--> -1
SELECT id, s FROM (SELECT id, SUM(id) OVER w AS s FROM things) AS q WINDOW w AS (ORDER BY id);
--! INVALID_STATEMENT window `w` not found (line 1, column 44)
SELECT SUM(id) OVER w FROM things JOIN kinds USING (kind) WINDOW w AS (PARTITION BY kind);
--: BIGINT!
--> 3
--> 3
SELECT DISTINCT kind, COUNT(*) OVER (PARTITION BY kind) FROM things WINDOW w AS (PARTITION BY kind) ORDER BY COUNT(*) OVER w, kind;
--: VARCHAR | BIGINT!
--> y | 1
--> null | 1
--> x | 2
SELECT SUM(id) OVER w FROM things WINDOW w AS (ORDER BY id, kind RANGE 1 PRECEDING);
--! INVALID_STATEMENT RANGE clause cannot be used with compound ORDER BY clause (line 1, column 66)
SELECT * FROM (VALUES (COUNT(*) OVER (nope))) AS v;
--! INVALID_STATEMENT window `nope` not found (line 1, column 39)
