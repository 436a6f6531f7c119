-- Functions that Calcite's tables lack, or that DuckDB means otherwise.
SELECT DATE_TRUNC('month', born), DATE_TRUNC('weeks', moment), DATE_TRUNC('Milliseconds', moment), DATE_TRUNC('decade', moment), DATE_TRUNC('quarter', born), DATE_TRUNC('hour', moment) FROM things;
--: TIMESTAMP | TIMESTAMP | TIMESTAMP | TIMESTAMP | TIMESTAMP | TIMESTAMP
--> 2021-01-01T00:00 | 2021-01-25T00:00 | 2021-01-31T10:11:12.345 | 2020-01-01T00:00 | 2021-01-01T00:00 | 2021-01-31T10:00
--> 1999-12-01T00:00 | 1969-12-29T00:00 | 1969-12-31T23:59:59.999 | 1960-01-01T00:00 | 1999-10-01T00:00 | 1969-12-31T23:00
--> null | null | null | null | null | null
--> 2020-02-01T00:00 | 2020-02-24T00:00 | 2020-02-29T00:00 | 2020-01-01T00:00 | 2020-01-01T00:00 | 2020-02-29T00:00
SELECT DATE_TRUNC('fortnight', born) FROM things;
--! FEATURE_NOT_SUPPORTED `DATE_TRUNC to that unit` is not supported
SELECT DATE_TRUNC(name, born) FROM things;
--! FEATURE_NOT_SUPPORTED `DATE_TRUNC to that unit` is not supported
SELECT DATE_TRUNC('day', clock) FROM things;
--! DATATYPE_MISMATCH cannot apply `DATE_TRUNC` to arguments of type `DATE_TRUNC(<CHAR(3)>, <TIME(6)>)`. Supported form(s): `DATE_TRUNC(<CHARACTER>, <DATE>)`, `DATE_TRUNC(<CHARACTER>, <TIMESTAMP>)` (line 1, column 8)
SELECT TIMESTAMPDIFF(MICROSECOND, moment, moment + INTERVAL '1' DAY), TIMESTAMPDIFF(HOUR, moment, born), TIMESTAMPDIFF(MINUTE, moment, born), TIMESTAMPDIFF(WEEK, moment, born), TIMESTAMPDIFF(QUARTER, moment, born), TIMESTAMPDIFF(CENTURY, moment, born), TIMESTAMPDIFF(DECADE,moment, born),TIMESTAMPDIFF(MILLENNIUM,moment, born) FROM things;
--: BIGINT | INTEGER | INTEGER | INTEGER | INTEGER | INTEGER | INTEGER | INTEGER
--> 86400000000 | -10 | -611 | 0 | 0 | 0 | 0 | 0
--> 86400000000 | 262944 | 15776640 | 1565 | 119 | 0 | 2 | 0
--> null | null | null | null | null | null | null | null
--> 86400000000 | 0 | 0 | 0 | 0 | 0 | 0 | 0
SELECT TIMESTAMPDIFF(MILLISECOND, moment, born), TIMESTAMPDIFF(MONTH, born, moment), TIMESTAMPDIFF(YEAR, DATE '2000-02-29', born), TIMESTAMPDIFF(SECOND, clock, TIME '12:00:00') FROM things;
--: BIGINT | INTEGER | INTEGER | INTEGER
--> -36672345 | 0 | 20 | 6527
--> 946598400000 | -359 | 0 | -43199
--> null | null | null | null
--> 0 | 0 | 20 | 43200
SELECT {fn TIMESTAMPDIFF(SQL_TSI_FRAC_SECOND, moment, born)} FROM things;
--: BIGINT
--> -36672000000000
--> 946598400000000000
--> null
--> 0
SELECT {fn TIMESTAMPADD(SQL_TSI_FRAC_SECOND, 1000, moment)}, TIMESTAMPADD(MICROSECOND, 1, moment), TIMESTAMPADD(MICROSECOND, 1, clock) FROM things;
--: TIMESTAMP | TIMESTAMP | TIME
--> 2021-01-31T10:11:12.345679 | 2021-01-31T10:11:12.345679 | 10:11:12.500001
--> 1970-01-01T00:00 | 1970-01-01T00:00 | 23:59:59.000001
--> null | null | null
--> 2020-02-29T00:00:00.000001 | 2020-02-29T00:00:00.000001 | 00:00:00.000001
SELECT TIMESTAMPDIFF(MONTH, clock, clock) FROM things;
--! FEATURE_NOT_SUPPORTED `TIMESTAMPDIFF of these in that unit` is not supported
SELECT TIMESTAMPDIFF(DOW, born, born) FROM things;
--! INVALID_STATEMENT `DOW` is not a valid time frame in `TIMESTAMPDIFF` (line 1, column 22)
SELECT {fn CHAR(65)}, {fn SPACE(3)} || '!', {fn REVERSE('abc')}, REVERSE(name), {fn LOCATE('b', 'abcb', 3)} FROM things;
--: CHAR | VARCHAR! | VARCHAR! | VARCHAR | INTEGER!
--> A |    ! | cba | ecilA | 4
--> A |    ! | cba | hcirüZ à étÉ | 4
--> A |    ! | cba | null | 4
--> A |    ! | cba | \c%b_a | 4
SELECT POSITION('b' IN 'abcb' FROM 3), POSITION('b' IN 'abcb' FROM 0), POSITION('' IN 'abc' FROM 4), POSITION('' IN 'abc' FROM 5), POSITION('i' IN name FROM whole) FROM things;
--: INTEGER! | INTEGER! | INTEGER! | INTEGER! | INTEGER
--> 4 | 0 | 0 | 0 | 0
--> 4 | 0 | 0 | 0 | 0
--> 4 | 0 | 0 | 0 | null
--> 4 | 0 | 0 | 0 | 0
SELECT REGEXP_REPLACE('abcb', 'b', 'x'), REGEXP_REPLACE('abcb', 'b', 'x', 'g'), REGEXP_REPLACE('aBcb', '(b)(.)', '[\1\2\&\\\q]', 'i');
--: VARCHAR! | VARCHAR! | VARCHAR!
--> axcb | axcx | a[BcBc\\q]b
SELECT REGEXP_REPLACE('abcb', name, 'x') FROM things;
--! FEATURE_NOT_SUPPORTED `REGEXP_REPLACE with a pattern or replacement that is not written in the query, or with other flags than g, i and c` is not supported
SELECT REGEXP_REPLACE('abcb', 'a', name) FROM things;
--! FEATURE_NOT_SUPPORTED `REGEXP_REPLACE with a pattern or replacement that is not written in the query, or with other flags than g, i and c` is not supported
SELECT REGEXP_REPLACE('abcb', 'a', 'b', 'n') FROM things;
--! FEATURE_NOT_SUPPORTED `REGEXP_REPLACE with a pattern or replacement that is not written in the query, or with other flags than g, i and c` is not supported
SELECT REGEXP_LIKE('abc', 'b'), REGEXP_LIKE('abc', 'B', 'i'), REGEXP_LIKE(name, '^[A-Z]'), REGEXP_LIKE(name, '(a+)+$') FROM things;
--: BOOLEAN! | BOOLEAN! | BOOLEAN | BOOLEAN
--> true | true | true | false
--> true | true | false | false
--> true | true | null | null
--> true | true | false | false
SELECT REGEXP_LIKE('abc', 'B', 'g');
--! FEATURE_NOT_SUPPORTED `REGEXP_LIKE with a pattern that is not written in the query, or with other flags than i and c` is not supported
SELECT REGEXP_LIKE('abc', '(');
--! DATA_EXCEPTION a value cannot be computed: an argument is not valid
SELECT REGEXP_SUBSTR(name, 'i.'), REGEXP_COUNT(name, 'i|é'), REGEXP_INSTR(name, 'c|t'), REGEXP_INSTR(name, 'e$') FROM things;
--: VARCHAR | INTEGER | INTEGER | INTEGER
--> ic | 1 | 4 | 5
--> ic | 2 | 2 | 0
--> null | null | null | null
--> null | 0 | 5 | 0
SELECT 'abc' SIMILAR TO 'a%', 'abc' NOT SIMILAR TO '(a|b)_c', name SIMILAR TO '[A-Z]%', 'a.c' SIMILAR TO 'a.c', 'abc' SIMILAR TO 'a.c', 'a%c' SIMILAR TO 'a!%c' ESCAPE '!', 'abbb' SIMILAR TO 'ab{3}', 'ab' SIMILAR TO 'a|b' FROM things;
--: BOOLEAN! | BOOLEAN! | BOOLEAN | BOOLEAN! | BOOLEAN! | BOOLEAN! | BOOLEAN! | BOOLEAN!
--> true | false | true | true | false | true | true | false
--> true | false | false | true | false | true | true | false
--> true | false | null | true | false | true | true | false
--> true | false | false | true | false | true | true | false
SELECT 'abc' SIMILAR TO '[[:ALPHA:]]+';
--! FEATURE_NOT_SUPPORTED `SIMILAR TO with such a pattern` is not supported
SELECT INITCAP(name), INITCAP('o''NEIL x1y--zz') FROM things;
--: VARCHAR | CHAR!
--> Alice | O'Neil X1y--Zz
--> Été À Zürich | O'Neil X1y--Zz
--> null | O'Neil X1y--Zz
--> A_B%C\ | O'Neil X1y--Zz
SELECT REVERSE('abc'), LOG(100), LOG(2, 8), SHA256('a'), SHA1('a');
--: VARCHAR! | DOUBLE! | DOUBLE! | VARCHAR! | VARCHAR!
--> cba | 2.0 | 3.0 | ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb | 86f7e437faa5a7fce15d1ddcb9eaeaea377667b8
SELECT 5 & 3, 5 ^ 3, BITAND(5, 3), BITOR(5,3), BITXOR(5,3), BITNOT(5), BITAND(id, whole) + 1, 2 * (id & 6) FROM things;
--: INTEGER! | INTEGER! | INTEGER! | INTEGER! | INTEGER! | INTEGER! | BIGINT | BIGINT!
--> 1 | 6 | 1 | 7 | 6 | -6 | 0 | 0
--> 1 | 6 | 1 | 7 | 6 | -6 | 2 | 4
--> 1 | 6 | 1 | 7 | 6 | -6 | null | 4
--> 1 | 6 | 1 | 7 | 6 | -6 | 0 | 8
SELECT SINH(1), COSH(1), TANH(1), ASINH(1);
--: DOUBLE! | DOUBLE! | DOUBLE! | DOUBLE!
--> 1.1752011936438014 | 1.5430806348152437 | 0.7615941559557649 | 0.881373587019543
SELECT MODE(kind), COUNT(DISTINCT kind, flag), COUNT(kind, flag) FROM things;
--: VARCHAR | BIGINT! | BIGINT!
--> x | 2 | 2
SELECT REGR_SLOPE(id, whole), REGR_INTERCEPT(id, whole), REGR_R2(id, whole), REGR_AVGX(id, whole), REGR_AVGY(id, whole), REGR_SXY(id, whole), REGR_SLOPE(id, 1) FROM things;
--: DOUBLE | DOUBLE | DOUBLE | DOUBLE | DOUBLE | DOUBLE | DOUBLE
--> -0.07142857142857144 | 2.3333333333333335 | 0.10714285714285716 | 0.0 | 2.3333333333333335 | -7.0 | null
SELECT CORR(id, whole) OVER (), CORR(id, 1) OVER (), REGR_COUNT(id, whole) OVER () FROM things;
--: DOUBLE | DOUBLE | BIGINT!
--> -0.3273268353539886 | null | 3
--> -0.3273268353539886 | null | 3
--> -0.3273268353539886 | null | 3
--> -0.3273268353539886 | null | 3
SELECT DECODE(1, 1, 'a', 'b'), DECODE(kind, 'x', 1, 'y', 2, NULL, 3) FROM things;
--: CHAR! | INTEGER
--> a | 1
--> a | 1
--> a | 2
--> a | 3
SELECT NVL(whole, 3), IFNULL(whole, 4) FROM things;
--: INTEGER! | INTEGER!
--> 7 | 7
--> -7 | -7
--> 3 | 4
--> 0 | 0
SELECT ASCII('é'), ASCII(''), CHR(65), LPAD('abc', 5, ''), LPAD('abc', -1), RPAD(name, 2, ''), LPAD(name, 7, kind), SPLIT_PART('a.b.c', '.', -1), SPLIT_PART('abc', '', 1), SPLIT_PART('abc', '', 2), REPEAT('a', -1), LEFT('abc', -1), LPAD('', 3), SPLIT_PART('a', kind, 1) FROM things;
--: INTEGER! | INTEGER! | CHAR! | VARCHAR! | VARCHAR! | VARCHAR | VARCHAR | VARCHAR! | VARCHAR! | VARCHAR! | VARCHAR! | VARCHAR! | VARCHAR! | VARCHAR
--> 233 | 0 | A | abc |  | Al | xxAlice | c | abc |  |  | ab |     | a
--> 233 | 0 | A | abc |  | Ét | Été à Z | c | abc |  |  | ab |     | a
--> 233 | 0 | A | abc |  | null | null | c | abc |  |  | ab |     | a
--> 233 | 0 | A | abc |  | a_ | null | c | abc |  |  | ab |     | null
SELECT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY whole), PERCENTILE_CONT(0.25) WITHIN GROUP (ORDER BY price DESC), PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY price) FROM things;
--: DOUBLE | DOUBLE | DECIMAL
--> 0.0 | 9.995 | 0.00
SELECT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY id), PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY id) FROM things WHERE id > 10;
--: DOUBLE | BIGINT
--> null | null
SELECT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY born) FROM things;
--! FEATURE_NOT_SUPPORTED `PERCENTILE_CONT of anything but numbers` is not supported
SELECT corr, regr_slope FROM (VALUES (1, 2)) AS t (corr, regr_slope);
--: INTEGER! | INTEGER!
--> 1 | 2
SELECT RAND(5);
--! FEATURE_NOT_SUPPORTED `RAND with a seed` is not supported
SELECT kind, PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY whole), MODE(id) FILTER (WHERE id > 1) FROM things GROUP BY kind ORDER BY kind;
--: VARCHAR | DOUBLE | BIGINT
--> x | 0.0 | 2
--> y | null | 3
--> null | 0.0 | 4
SELECT REGR_COUNT(id, whole) FILTER (WHERE id > 1) FROM things;
--: BIGINT!
--> 2
SELECT CORR(id, whole) FILTER (WHERE id = 1) FROM things;
--: DOUBLE
--> null
SELECT REGR_SXX(id, whole) FROM things;
--: DOUBLE
--> 98.0
SELECT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY whole), PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY price) FROM things;
--: DOUBLE | DECIMAL
--> 0.0 | 0.00
SELECT PERCENTILE_CONT(0.25) WITHIN GROUP (ORDER BY price DESC) FROM things;
--: DOUBLE
--> 9.995
SELECT REGR_COUNT(id, id), COUNT(*), COUNT(id, id), COUNT(DISTINCT id, id), COUNT(id), COUNT(whole) FROM things;
--: BIGINT! | BIGINT! | BIGINT! | BIGINT! | BIGINT! | BIGINT!
--> 4 | 4 | 4 | 4 | 4 | 3
SELECT REGR_COUNT(id, id) OVER (), COUNT(*) OVER (), COUNT(id, whole) OVER () FROM things;
--: BIGINT! | BIGINT! | BIGINT!
--> 4 | 4 | 3
--> 4 | 4 | 3
--> 4 | 4 | 3
--> 4 | 4 | 3
SELECT DISTINCT DATE_TRUNC('month', born) AS m, COUNT(*) FROM things GROUP BY DATE_TRUNC('month', born) HAVING REGR_COUNT(id, whole) > 0 ORDER BY m;
--: TIMESTAMP | BIGINT!
--> 1999-12-01T00:00 | 1
--> 2020-02-01T00:00 | 1
--> 2021-01-01T00:00 | 1
