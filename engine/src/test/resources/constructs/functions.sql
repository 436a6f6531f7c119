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
--> 1 | 6 | 1 | 7 | 6 | -6 | 2 | 0
--> 1 | 6 | 1 | 7 | 6 | -6 | 1 | 4
--> 1 | 6 | 1 | 7 | 6 | -6 | null | 4
--> 1 | 6 | 1 | 7 | 6 | -6 | 1 | 8
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
-- A character is a code point, also beyond the first 65,536.
SELECT CHAR_LENGTH('😀é'), SUBSTRING('a😀b' FROM 2 FOR 1), POSITION('b' IN 'a😀b'), LEFT('😀é', 1), REVERSE('a😀'), UPPER('é😀'), REPLACE('a😀b', '😀', 'x'), LPAD('x', 3, '😀');
--: INTEGER! | VARCHAR! | INTEGER! | VARCHAR! | VARCHAR! | CHAR! | VARCHAR! | VARCHAR!
--> 2 | 😀 | 3 | 😀 | 😀a | É😀 | axb | 😀😀x
-- A remainder has the type of what it is of, and the sign of the first.
SELECT MOD(ratio, 2), MOD(whole, ratio), MOD(price, 0.3), MOD(whole, 3), ratio % price FROM things WHERE id < 4;
--: DOUBLE | DOUBLE | DECIMAL | INTEGER | DOUBLE
--> 0.5 | 0.0 | 0.19 | 1 | 0.5
--> -0.25 | -0.25 | -0.20 | -1 | -2.25
--> null | null | null | null | null
SELECT MOD(ratio, 0E0) FROM things WHERE id < 4;
--! DATA_EXCEPTION a value cannot be computed: division by zero
SELECT TIMESTAMPADD(DAY, NULL, moment), TIMESTAMPADD(MICROSECOND, NULL, moment), TIMESTAMPADD(MONTH, NULL, born) FROM things WHERE id = 1;
--: TIMESTAMP | TIMESTAMP | DATE
--> null | null | null
SELECT EXTRACT(DOW FROM CAST(NULL AS DATE)) FROM things WHERE id = 1 UNION ALL SELECT id FROM things WHERE id = 1;
--: BIGINT
--> null
--> 1
-- A number that is grouped by is not the number of a column.
SELECT 0 AS k, COUNT(*), AVG(0) FROM things GROUP BY 1 ORDER BY 1;
--: INTEGER! | BIGINT! | DOUBLE!
--> 0 | 4 | 0.0
SELECT (- CAST(0 AS BIGINT)) AS k, COUNT(name) FROM things GROUP BY 1 ORDER BY 1;
--: BIGINT! | BIGINT!
--> 0 | 3
-- What an aggregate is of may hold a sub-query on the same row.
SELECT kind, MAX(EXISTS (SELECT 1 FROM kinds WHERE kinds.kind = things.kind)) FROM things GROUP BY kind ORDER BY kind;
--: VARCHAR | BOOLEAN!
--> x | true
--> y | false
--> null | false
-- Formats are those of which DuckDB writes the same, or reads the same or nothing; others are refused by their name.
SELECT TO_CHAR(moment, 'YYYY-MM-DD HH24:MI:SS.MS US YY DDD AM HH12 Mon Dy FMMonth FMDay "at" %'), TO_CHAR(born, 'yyyy/mm/dd') FROM things WHERE id < 4;
--: VARCHAR | VARCHAR
--> 2021-01-31 10:11:12.345 345678 21 031 AM 10 Jan Sun January Sunday at % | 2021/01/31
--> 1969-12-31 23:59:59.999 999999 69 365 PM 11 Dec Wed December Wednesday at % | 1999/12/31
--> null | null
SELECT TO_CHAR(moment, 'Month') FROM things;
--! FEATURE_NOT_SUPPORTED `TO_CHAR with Month in its format` is not supported
SELECT TO_CHAR(moment, 'Q') FROM things;
--! FEATURE_NOT_SUPPORTED `TO_CHAR with Q in its format` is not supported
SELECT TO_CHAR(moment, 'DDTH') FROM things;
--! FEATURE_NOT_SUPPORTED `TO_CHAR with DDTH in its format` is not supported
SELECT TO_CHAR(moment, 'YYYYY') FROM things;
--! FEATURE_NOT_SUPPORTED `TO_CHAR with YYYYY in its format` is not supported
SELECT TO_CHAR(moment, name) FROM things;
--! FEATURE_NOT_SUPPORTED `TO_CHAR with a format that is not written in the query` is not supported
SELECT TO_DATE('2021-1-31', 'YYYY-MM-DD'), TO_TIMESTAMP('31.01.2021 23:59:01', 'DD.MM.YYYY HH24:MI:SS'), TO_TIMESTAMP(CAST(NULL AS VARCHAR), 'DD.MM.YYYY') FROM things WHERE id = 1;
--: DATE! | TIMESTAMP! | TIMESTAMP
--> 2021-01-31 | 2021-01-31T23:59:01 | null
SELECT TO_DATE('2021-02-30', 'YYYY-MM-DD') FROM things WHERE id = 1;
--! DATA_EXCEPTION a value cannot be computed: conversion failed
SELECT TO_DATE(name, 'YYYY-MM-DD') FROM things WHERE id = 1;
--! DATA_EXCEPTION a value cannot be computed: an argument is not valid
SELECT TO_DATE('2021', 'YYYY') FROM things WHERE id = 1;
--! FEATURE_NOT_SUPPORTED `TO_DATE with a format without all of YYYY, MM and DD` is not supported
SELECT TO_DATE('2021-01-01 5', 'YYYY-MM-DD MS') FROM things WHERE id = 1;
--! FEATURE_NOT_SUPPORTED `TO_DATE with MS in its format` is not supported
SELECT REGEXP_INSTR(name, '\Qa\E') FROM things;
--! FEATURE_NOT_SUPPORTED `REGEXP_INSTR with \Q in the pattern` is not supported
SELECT {fn MOD(7, 3)}, {fn MOD(ratio, 2)} FROM things WHERE id = 1;
--: INTEGER! | DOUBLE
--> 1 | 0.5
-- Arrays that are written in the query, to compare with any or all of their elements.
SELECT id, id = ANY (ARRAY[1, 2]), whole > ALL (ARRAY[0, id]), name <> ALL (ARRAY['Alice', 'b']), whole = SOME (ARRAY[7, NULL]), price < ANY (ARRAY[1.5, 20]) FROM things;
--: BIGINT! | BOOLEAN! | BOOLEAN | BOOLEAN | BOOLEAN | BOOLEAN
--> 1 | true | true | false | true | true
--> 2 | true | false | true | null | true
--> 3 | false | null | null | null | null
--> 4 | false | false | true | null | true
SELECT id FROM things WHERE kind = ANY (ARRAY['xyz', 'x']) AND NOT (id = ANY (ARRAY[2]));
--: BIGINT!
--> 1
SELECT id FROM things WHERE RAND() = ANY (ARRAY[7]);
--! FEATURE_NOT_SUPPORTED `= SOME` is not supported
SELECT id, whole <> ALL (ARRAY[7, NULL]) FROM things;
--: BIGINT! | BOOLEAN
--> 1 | false
--> 2 | null
--> 3 | null
--> 4 | null
SELECT id FROM things WHERE id < ANY (ARRAY[1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
--! LIMIT_REACHED an array in `< SOME` has more than 1000 elements
