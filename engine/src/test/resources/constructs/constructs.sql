-- Whole numbers: division and remainder go towards zero, and so fails what is divided by zero or does not fit.
SELECT -7 / 2, 7 / -2, MOD(-7, 2), -7 % 2, MOD(7, -2);
--: INTEGER! | INTEGER! | INTEGER! | INTEGER! | INTEGER!
--> -3 | -3 | -1 | -1 | 1
SELECT whole, whole / 2, MOD(whole, 2) FROM things ORDER BY id;
--: INTEGER | INTEGER | INTEGER
--> 7 | 3 | 1
--> -7 | -3 | -1
--> null | null | null
--> 0 | 0 | 0
SELECT whole / 0 FROM things;
--! DATA_EXCEPTION a value cannot be computed: division by zero
SELECT id + 9223372036854775807 FROM things;
--! DATA_EXCEPTION a value cannot be computed: out of range
SELECT CAST(whole AS TINYINT) * 100, CAST(whole AS SMALLINT) + 100000, 1000000 * whole FROM things WHERE id = 1;
--: INTEGER | INTEGER | INTEGER
--> 700 | 100007 | 7000000
SELECT whole * 1000000000 FROM things;
--! DATA_EXCEPTION a value cannot be computed: out of range

-- Decimals keep their digits; a quotient and a mean are DOUBLE.
SELECT price + 1, price - 0.005, price * 2, price * price, -price, price / 3, MOD(price, 3) FROM things WHERE id < 3 ORDER BY id;
--: DECIMAL | DECIMAL | DECIMAL | DECIMAL | DECIMAL | DOUBLE | DECIMAL
--> 20.99 | 19.985 | 39.98 | 399.6001 | -19.99 | 6.663333333333333 | 1.99
--> -2.50 | -3.505 | -7.00 | 12.2500 | 3.50 | -1.1666666666666667 | -0.50
SELECT 0.1 + 0.2, 1.5 * 1.5, 10 / 4.0, 123456789012345678901234567890 + 1;
--: DECIMAL! | DECIMAL! | DOUBLE! | DECIMAL!
--> 0.3 | 2.25 | 2.5 | 123456789012345678901234567891
SELECT SUM(price), AVG(price), MIN(price), MAX(price), SUM(whole), AVG(whole), SUM(ratio), COUNT(price), COUNT(*) FROM things;
--: DECIMAL | DOUBLE | DECIMAL | DECIMAL | BIGINT | DOUBLE | DOUBLE | BIGINT! | BIGINT!
--> 16.49 | 5.496666666666666 | -3.50 | 19.99 | 0 | 0.0 | 9.99999999825E9 | 3 | 4
SELECT SUM(whole), AVG(price), MIN(name), COUNT(name) FROM things WHERE id > 10;
--: BIGINT | DOUBLE | VARCHAR | BIGINT!
--> null | null | null | 0
SELECT SUM(price) / SUM(whole + 1), 100.00 * SUM(price) / SUM(price) FROM things;
--: DOUBLE | DOUBLE
--> 5.496666666666666 | 100.00000000000001

-- Rounding.
SELECT CEIL(price), FLOOR(price), ROUND(price), ROUND(price, 1), TRUNCATE(price, 1), ABS(price), SIGN(price) FROM things WHERE id < 3 ORDER BY id;
--: DECIMAL | DECIMAL | DECIMAL | DECIMAL | DECIMAL | DECIMAL | DECIMAL
--> 20 | 19 | 20 | 20.0 | 19.9 | 19.99 | 1.00
--> -3 | -4 | -4 | -3.5 | -3.5 | 3.50 | -1.00
SELECT CEIL(whole), FLOOR(whole), ROUND(whole), ROUND(whole, -1), TRUNCATE(whole), SIGN(whole), ABS(whole) FROM things WHERE id = 2;
--: INTEGER | INTEGER | INTEGER | INTEGER | INTEGER | INTEGER | INTEGER
--> -7 | -7 | -7 | -10 | -7 | -1 | 7
SELECT CEIL(ratio), FLOOR(ratio), ROUND(ratio, 1), TRUNCATE(ratio, 1), SIGN(ratio) FROM things WHERE id = 2;
--: DOUBLE | DOUBLE | DOUBLE | DOUBLE | DOUBLE
--> -2.0 | -3.0 | -2.3 | -2.2 | -1.0
SELECT ROUND(price, whole) FROM things;
--! FEATURE_NOT_SUPPORTED `ROUND of a decimal to other than a fixed number of digits` is not supported
SELECT POWER(2, 10), SQRT(2), CBRT(-8), EXP(0), LN(1), LOG10(1000), PI(), SIN(0), COS(0), ATAN2(0, 1), DEGREES(PI()), RADIANS(180);
--: DOUBLE! | DOUBLE! | DOUBLE! | DOUBLE! | DOUBLE! | DOUBLE! | DOUBLE! | DOUBLE! | DOUBLE! | DOUBLE! | DOUBLE! | DOUBLE!
--> 1024.0 | 1.4142135623730951 | -2.0 | 1.0 | 0.0 | 3.0 | 3.141592653589793 | 0.0 | 1.0 | 0.0 | 180.0 | 3.141592653589793

-- Casts.
SELECT CAST(whole AS VARCHAR), CAST(whole AS BIGINT), CAST(whole AS SMALLINT), CAST(whole AS DOUBLE), CAST(whole AS REAL), CAST(whole AS DECIMAL(5, 1)), CAST(whole AS BOOLEAN) FROM things WHERE id = 2;
--: VARCHAR | BIGINT | SMALLINT | DOUBLE | REAL | DECIMAL | BOOLEAN
--> -7 | -7 | -7 | -7.0 | -7.0 | -7.0 | true
SELECT CAST(price AS VARCHAR), CAST(price AS INTEGER), CAST(price AS DOUBLE), CAST(price AS DECIMAL(5, 1)) FROM things WHERE id < 3 ORDER BY id;
--: VARCHAR | INTEGER | DOUBLE | DECIMAL
--> 19.99 | 20 | 19.99 | 20.0
--> -3.50 | -4 | -3.5 | -3.5
SELECT CAST(ratio AS VARCHAR), CAST(ratio AS INTEGER), CAST(ratio AS DECIMAL(6, 2)), CAST(ratio AS REAL) FROM things WHERE id = 2;
--: VARCHAR | INTEGER | DECIMAL | REAL
--> -2.25 | -2 | -2.25 | -2.25
SELECT CAST(2.5 AS INTEGER), CAST(-2.5 AS INTEGER), CAST(2.5E0 AS INTEGER), CAST(3.5E0 AS INTEGER);
--: INTEGER! | INTEGER! | INTEGER! | INTEGER!
--> 3 | -3 | 2 | 4
SELECT CAST(flag AS VARCHAR), CAST('true' AS BOOLEAN), CAST('12' AS INTEGER), CAST('-1.55' AS DECIMAL(3, 1)), CAST('1e3' AS DOUBLE) FROM things WHERE id = 1;
--: VARCHAR | BOOLEAN! | INTEGER! | DECIMAL! | DOUBLE!
--> true | true | 12 | -1.6 | 1000.0
SELECT CAST(born AS VARCHAR), CAST(born AS TIMESTAMP), CAST(moment AS DATE), CAST(moment AS TIME), CAST(moment AS VARCHAR), CAST(clock AS VARCHAR), CAST(born + INTERVAL '1' DAY AS VARCHAR) FROM things WHERE id = 1;
--: VARCHAR | TIMESTAMP | DATE | TIME | VARCHAR | VARCHAR | VARCHAR
--> 2021-01-31 | 2021-01-31T00:00 | 2021-01-31 | 10:11:12.345678 | 2021-01-31 10:11:12.345678 | 10:11:12.5 | 2021-02-01
SELECT CAST('2021-01-31' AS DATE), CAST('10:11:12.5' AS TIME), CAST('2021-01-31 10:11:12.345678' AS TIMESTAMP), CAST(moment AS TIMESTAMP(3)), CAST(moment AS TIMESTAMP(0)) FROM things WHERE id = 1;
--: DATE! | TIME! | TIMESTAMP! | TIMESTAMP | TIMESTAMP
--> 2021-01-31 | 10:11:12.500 | 2021-01-31T10:11:12.345678 | 2021-01-31T10:11:12.345 | 2021-01-31T10:11:12
SELECT CAST(name AS VARCHAR(3)), CAST(name AS CHAR(3)), CAST(name AS CHAR(7)) || '!', CAST(whole AS VARCHAR(1)), CAST('abc' AS VARCHAR(2)) FROM things WHERE id < 3 ORDER BY id;
--: VARCHAR | CHAR | CHAR | VARCHAR | VARCHAR!
--> Ali | Ali | Alice! | 7 | ab
--> Été | Été | Été à Z! | - | ab
SELECT CAST(NULL AS DATE), CAST(NULL AS VARCHAR) || 'a', CAST(NULL AS DECIMAL(5, 2)) + 1, EXTRACT(YEAR FROM CAST(NULL AS DATE)), NULL;
--: DATE | VARCHAR | DECIMAL | BIGINT | NULL
--> null | null | null | null | null
SELECT name FROM things WHERE born > '2020-12-31' AND id = '1';
--: VARCHAR
--> Alice
SELECT CAST(name AS INTEGER) FROM things;
--! DATA_EXCEPTION a value cannot be computed: conversion failed
SELECT CAST(name AS DATE) FROM things;
--! DATA_EXCEPTION a value cannot be computed: conversion failed
SELECT CAST(whole AS TINYINT) + CAST(1000 AS TINYINT) FROM things;
--! DATA_EXCEPTION a value cannot be computed: conversion failed
SELECT CAST(moment AS TIMESTAMP(2)) FROM things;
--! FEATURE_NOT_SUPPORTED `CAST to TIMESTAMP(2)` is not supported
SELECT CAST(moment AS TIMESTAMP WITH LOCAL TIME ZONE) FROM things;
--! FEATURE_NOT_SUPPORTED `CAST to TIMESTAMP WITH LOCAL TIME ZONE` is not supported (line 1, column 8)
SELECT CAST(NULL AS ANY);
--! FEATURE_NOT_SUPPORTED `CAST to ANY` is not supported (line 1, column 8)
SELECT id FROM things WHERE id IN (SELECT b.id FROM things b WHERE CAST(NULL AS ANY) IS NULL);
--! FEATURE_NOT_SUPPORTED `CAST to ANY` is not supported (line 1, column 68)
SELECT CAST(NULL AS INTEGER MULTISET);
--! FEATURE_NOT_SUPPORTED `CAST to MULTISET` is not supported (line 1, column 8)
SELECT CAST(NULL AS INTEGER MULTISET ARRAY);
--! FEATURE_NOT_SUPPORTED `CAST to MULTISET` is not supported (line 1, column 8)
SELECT id FROM things WHERE CAST(NULL AS ROW(a INTEGER)) IS NULL;
--! FEATURE_NOT_SUPPORTED `CAST to ROW` is not supported (line 1, column 29)
SELECT id FROM things WHERE CAST(NULL AS MAP<INTEGER, INTEGER>) IS NULL;
--! FEATURE_NOT_SUPPORTED `CAST to MAP` is not supported (line 1, column 29)
SELECT id FROM things WHERE CAST(id AS INTEGER UNSIGNED) > 2;
--! FEATURE_NOT_SUPPORTED `CAST to INTEGER UNSIGNED` is not supported (line 1, column 29)
SELECT id FROM things WHERE CAST(NULL AS TIME WITH TIME ZONE) IS NULL;
--! FEATURE_NOT_SUPPORTED `CAST to TIME WITH TIME ZONE` is not supported (line 1, column 29)
SELECT CAST('a' AS VARCHAR CHARACTER SET latin1);
--! FEATURE_NOT_SUPPORTED `CAST to CHARACTER SET latin1` is not supported (line 1, column 8)
SELECT CAST('2020-01-01' AS DATE FORMAT 'YYYY-MM-DD');
--! FEATURE_NOT_SUPPORTED `CAST` with a `FORMAT` is not supported, write `TO_DATE` or `TO_TIMESTAMP` (line 1, column 8)
SELECT CAST(NULL AS INTEGER ARRAY), CAST(NULL AS VARBINARY), CAST('a' AS VARCHAR CHARACTER SET UTF8);
--: ARRAY | VARBINARY | VARCHAR!
--> null | null | a

-- The conversions of JDBC are casts.
SELECT {fn CONVERT(id, SQL_INTEGER)}, CAST({fn CONVERT(whole, SQL_INTEGER)} AS VARCHAR), COALESCE({fn CONVERT(whole, SQL_VARCHAR)}, 'none') FROM things WHERE id > 2 ORDER BY id;
--: INTEGER! | VARCHAR | VARCHAR!
--> 3 | null | none
--> 4 | 0 | 0
SELECT CAST({fn CONVERT(whole, SQL_DATE)} AS DATE) FROM things;
--! INVALID_STATEMENT cast function cannot convert value of type INTEGER to type DATE NOT NULL (line 1, column 13)
SELECT CAST(X'41' AS VARCHAR);
--! FEATURE_NOT_SUPPORTED `CAST from BINARY to VARCHAR` is not supported

-- Text.
SELECT UPPER(name), LOWER(name), CHAR_LENGTH(name), CHARACTER_LENGTH(name), OCTET_LENGTH(name) FROM things WHERE id < 3 ORDER BY id;
--: VARCHAR | VARCHAR | INTEGER | INTEGER | INTEGER
--> ALICE | alice | 5 | 5 | 5
--> ÉTÉ À ZÜRICH | été à zürich | 12 | 12 | 16
SELECT SUBSTRING(name FROM 2 FOR 3), SUBSTRING(name FROM 2), SUBSTRING(name, 2, 1), SUBSTRING(name FROM 0 FOR 3), SUBSTRING(name FROM -1 FOR 4), SUBSTRING(name FROM -5), SUBSTRING(name FROM 3 FOR 0), SUBSTRING(name FROM id FOR 1) FROM things WHERE id < 3 ORDER BY id;
--: VARCHAR | VARCHAR | VARCHAR | VARCHAR | VARCHAR | VARCHAR | VARCHAR | VARCHAR
--> lic | lice | l | Al | Al | Alice |  | A
--> té  | té à Zürich | t | Ét | Ét | Été à Zürich |  | t
SELECT TRIM('  a '), TRIM(LEADING 'x' FROM 'xxaxx'), TRIM(TRAILING 'x' FROM 'xxaxx'), TRIM(BOTH 'x' FROM 'xxaxx'), LTRIM('  a '), RTRIM('  a ');
--: VARCHAR! | VARCHAR! | VARCHAR! | VARCHAR! | VARCHAR! | VARCHAR!
--> a | axx | xxa | a | a  |   a
SELECT POSITION('i' IN name), POSITION('?' IN name), POSITION('' IN name), STRPOS(name, 'c') FROM things WHERE id = 1;
--: INTEGER | INTEGER | INTEGER | INTEGER
--> 3 | 0 | 1 | 4
SELECT name || '!' || name, CONCAT(name, NULL, '!'), CONCAT_WS('-', name, NULL, 'x'), REPLACE(name, 'li', 'LI'), OVERLAY(name PLACING 'xx' FROM 2 FOR 1), LEFT(name, 2), RIGHT(name, 2), REPEAT(name, 2) FROM things WHERE id = 1;
--: VARCHAR | VARCHAR! | VARCHAR! | VARCHAR | VARCHAR | VARCHAR | VARCHAR | VARCHAR
--> Alice!Alice | Alice! | Alice-x | ALIce | Axxice | Al | ce | AliceAlice
SELECT LPAD(name, 7, '*'), RPAD(name, 7, '*'), TRANSLATE(name, 'Al', 'oL'), SPLIT_PART(name, 'i', 2), STARTS_WITH(name, 'Al'), ASCII('A'), CHR(233), MD5('a') FROM things WHERE id = 1;
--: VARCHAR | VARCHAR | VARCHAR | VARCHAR | BOOLEAN | INTEGER! | CHAR! | VARCHAR!
--> **Alice | Alice** | oLice | ce | true | 65 | é | 0cc175b9c0f1b6a831c399e269772661
SELECT name LIKE 'A%', name LIKE '_lice', name NOT LIKE '%x%', name ILIKE 'a%', name LIKE '%\%%' ESCAPE '\', name LIKE NULL FROM things ORDER BY id;
--: BOOLEAN | BOOLEAN | BOOLEAN | BOOLEAN | BOOLEAN | BOOLEAN
--> true | true | true | true | false | null
--> false | false | true | false | false | null
--> null | null | null | null | null | null
--> false | false | true | true | true | null
SELECT name, '\', '日本語', U&'\00e9', 'O''Brien' FROM things WHERE name LIKE '%\%' OR name LIKE '%ü%' ORDER BY id;
--: VARCHAR | CHAR! | CHAR! | CHAR! | CHAR!
--> Été à Zürich | \ | 日本語 | é | O'Brien
--> a_b%c\ | \ | 日本語 | é | O'Brien
SELECT name FROM things WHERE name = 'Été à Zürich';
--: VARCHAR
--> Été à Zürich
SELECT name LIKE 'a' ESCAPE '\\' FROM things;
--! FEATURE_NOT_SUPPORTED `LIKE with an escape of other than one character` is not supported
SELECT NO_SUCH_FUNCTION(name) FROM things;
--! UNDEFINED_FUNCTION no match found for function signature NO_SUCH_FUNCTION(<CHARACTER>) (line 1, column 8)

-- Choices and NULL.
SELECT CASE whole WHEN 7 THEN 'seven' WHEN -7 THEN 'minus' END, CASE WHEN whole > 0 THEN 1.5 ELSE 2 END, COALESCE(whole, 42), COALESCE(NULL, name, 'nobody'), NULLIF(whole, 0), NULLIF(name, 'Alice') FROM things ORDER BY id;
--: CHAR | DECIMAL! | INTEGER! | VARCHAR | INTEGER | VARCHAR
--> seven | 1.5 | 7 | Alice | 7 | null
--> minus | 2.0 | -7 | Été à Zürich | -7 | Été à Zürich
--> null | 2.0 | 42 | nobody | null | null
--> null | 2.0 | 0 | a_b%c\ | null | a_b%c\
SELECT GREATEST(whole, 1, id), LEAST(whole, 1) FROM things ORDER BY id;
--: BIGINT | INTEGER
--> 7 | 1
--> 2 | -7
--> 3 | 1
--> 4 | 0
SELECT flag IS TRUE, flag IS NOT TRUE, flag IS FALSE, flag IS UNKNOWN, NOT flag, flag AND NULL, flag OR NULL FROM things ORDER BY id;
--: BOOLEAN! | BOOLEAN! | BOOLEAN! | BOOLEAN! | BOOLEAN | BOOLEAN | BOOLEAN
--> true | false | false | false | false | null | true
--> false | true | true | false | true | false | null
--> false | true | false | true | null | null | null
--> true | false | false | false | false | null | true
SELECT whole BETWEEN 0 AND 7, whole BETWEEN SYMMETRIC 7 AND 0, whole NOT BETWEEN 0 AND 7, whole IS DISTINCT FROM 7, whole IS NOT DISTINCT FROM NULL, whole IN (7, 0), whole NOT IN (7, NULL) FROM things ORDER BY id;
--: BOOLEAN | BOOLEAN | BOOLEAN | BOOLEAN! | BOOLEAN! | BOOLEAN | BOOLEAN
--> true | true | false | false | false | true | false
--> false | false | true | true | false | false | null
--> null | null | null | true | true | null | null
--> true | true | false | true | false | true | null
SELECT (id, whole) = (1, 7), id FROM things ORDER BY id;
--: BOOLEAN | BIGINT!
--> true | 1
--> false | 2
--> false | 3
--> false | 4
SELECT id FROM things WHERE (id, whole) IN ((1, 7), (2, 7)) ORDER BY id;
--: BIGINT!
--> 1
SELECT id FROM things WHERE (id, kind) IN (SELECT 2, kind FROM kinds) ORDER BY id;
--: BIGINT!
--> 2

-- Dates and times.
SELECT born + INTERVAL '1' MONTH, born - INTERVAL '1' YEAR, born + INTERVAL '10' DAY, born - INTERVAL '2-3' YEAR TO MONTH, born + 2 * INTERVAL '1' DAY, born + INTERVAL '-1' DAY FROM things WHERE id IN (1, 4) ORDER BY id;
--: DATE | DATE | DATE | DATE | DATE | DATE
--> 2021-02-28 | 2020-01-31 | 2021-02-10 | 2018-10-31 | 2021-02-02 | 2021-01-30
--> 2020-03-29 | 2019-02-28 | 2020-03-10 | 2017-11-29 | 2020-03-02 | 2020-02-28
SELECT moment + INTERVAL '90' MINUTE, moment - INTERVAL '1 02:03:04.5' DAY TO SECOND, clock + INTERVAL '1' HOUR FROM things WHERE id = 1;
--: TIMESTAMP | TIMESTAMP | TIME
--> 2021-01-31T11:41:12.345678 | 2021-01-30T08:08:07.845678 | 11:11:12.500
SELECT TIMESTAMPADD(MONTH, 1, born), TIMESTAMPADD(WEEK, 1, born), TIMESTAMPADD(HOUR, -1, moment), TIMESTAMPADD(QUARTER, id, born) FROM things WHERE id = 1;
--: DATE | DATE | TIMESTAMP | DATE
--> 2021-02-28 | 2021-02-07 | 2021-01-31T09:11:12.345678 | 2021-04-30
SELECT TIMESTAMPDIFF(DAY, born, DATE '2021-03-01'), TIMESTAMPDIFF(MONTH, born, DATE '2021-03-30'), TIMESTAMPDIFF(YEAR, DATE '2000-02-01', born), TIMESTAMPDIFF(SECOND, moment, TIMESTAMP '2021-01-31 10:12:13') FROM things WHERE id = 1;
--: INTEGER | INTEGER | INTEGER | INTEGER
--> 29 | 1 | 20 | 60
SELECT EXTRACT(DAY FROM (DATE '2021-03-01' - born) DAY), CAST((DATE '2021-03-01' - born) DAY AS INTEGER), (DATE '2021-03-01' - born) DAY > INTERVAL '28' DAY, (DATE '2021-03-31' - born) MONTH >= INTERVAL '2' MONTH FROM things WHERE id = 1;
--: BIGINT | INTEGER | BOOLEAN | BOOLEAN
--> 29 | 29 | true | true
SELECT EXTRACT(YEAR FROM moment), EXTRACT(QUARTER FROM moment), EXTRACT(MONTH FROM moment), EXTRACT(WEEK FROM moment), EXTRACT(DAY FROM moment), EXTRACT(HOUR FROM moment), EXTRACT(MINUTE FROM moment), EXTRACT(SECOND FROM moment), EXTRACT(MILLISECOND FROM moment), EXTRACT(MICROSECOND FROM moment) FROM things WHERE id = 1;
--: BIGINT | BIGINT | BIGINT | BIGINT | BIGINT | BIGINT | BIGINT | BIGINT | BIGINT | BIGINT
--> 2021 | 1 | 1 | 4 | 31 | 10 | 11 | 12 | 12345 | 12345678
SELECT EXTRACT(DOW FROM born), EXTRACT(ISODOW FROM born), EXTRACT(DOY FROM born), EXTRACT(EPOCH FROM moment), EXTRACT(CENTURY FROM born), EXTRACT(DECADE FROM born), YEAR(born), DAYOFWEEK(born), DATE_PART('month', born), EXTRACT(HOUR FROM clock) FROM things WHERE id IN (1, 2) ORDER BY id;
--: BIGINT | BIGINT | BIGINT | BIGINT | BIGINT | BIGINT | BIGINT | BIGINT | BIGINT | BIGINT
--> 1 | 7 | 31 | 1612087872 | 21 | 202 | 2021 | 1 | 1 | 10
--> 6 | 5 | 365 | -1 | 20 | 199 | 1999 | 6 | 12 | 23
SELECT FLOOR(born TO MONTH), FLOOR(born TO QUARTER), FLOOR(born TO WEEK), CEIL(born TO MONTH), CEIL(born TO YEAR), CEIL(FLOOR(born TO MONTH) TO MONTH), FLOOR(moment TO HOUR), CEIL(moment TO MINUTE) FROM things WHERE id = 1;
--: DATE | DATE | DATE | DATE | DATE | DATE | TIMESTAMP | TIMESTAMP
--> 2021-01-01 | 2021-01-01 | 2021-01-25 | 2021-02-01 | 2022-01-01 | 2021-01-01 | 2021-01-31T10:00 | 2021-01-31T10:12
SELECT LAST_DAY(born), DATE '2020-02-29' + INTERVAL '1' YEAR, {d '2020-01-01'}, {fn TIMESTAMPADD(SQL_TSI_DAY, 1, born)}, {fn DAYNAME(born)} FROM things WHERE id = 4;
--: DATE | DATE! | DATE! | DATE | VARCHAR!
--> 2020-02-29 | 2021-02-28 | 2020-01-01 | 2020-03-01 | Saturday
SELECT CURRENT_DATE > DATE '2020-01-01', CURRENT_TIMESTAMP > TIMESTAMP '2020-01-01 00:00:00', LOCALTIMESTAMP > TIMESTAMP '2020-01-01 00:00:00', CURRENT_TIME >= TIME '00:00:00', LOCALTIME >= TIME '00:00:00', CURRENT_DATE = CAST(CURRENT_TIMESTAMP AS DATE);
--: BOOLEAN! | BOOLEAN! | BOOLEAN! | BOOLEAN! | BOOLEAN! | BOOLEAN!
--> true | true | true | true | true | true
SELECT born = '2021-01-31', moment < '2000-01-01 00:00:00', born < moment FROM things ORDER BY id;
--: BOOLEAN | BOOLEAN | BOOLEAN
--> true | false | true
--> false | true | false
--> null | null | null
--> false | false | false
SELECT (DATE '2021-03-01' - born) DAY FROM things;
--! FEATURE_NOT_SUPPORTED a column of type `INTERVAL_DAY` cannot be given
SELECT EXTRACT(HOUR FROM (moment - moment) DAY TO SECOND) FROM things;
--! FEATURE_NOT_SUPPORTED `EXTRACT from an interval` is not supported
SELECT EXTRACT(NANOSECOND FROM moment) FROM things;
--! FEATURE_NOT_SUPPORTED `EXTRACT of that unit` is not supported
SELECT INTERVAL '1' DAY / 2 > INTERVAL '1' HOUR FROM things;
--! FEATURE_NOT_SUPPORTED `division of an interval` is not supported

-- Groups.
SELECT kind, COUNT(*), SUM(whole) FROM things GROUP BY kind ORDER BY kind;
--: VARCHAR | BIGINT! | BIGINT
--> x | 2 | 0
--> y | 1 | null
--> null | 1 | 0
SELECT kind, flag, COUNT(*), GROUPING(kind), GROUPING(kind, flag) FROM things GROUP BY ROLLUP(kind, flag) ORDER BY kind, flag, 4, 5;
--: VARCHAR | BOOLEAN | BIGINT! | BIGINT! | BIGINT!
--> x | false | 1 | 0 | 0
--> x | true | 1 | 0 | 0
--> x | null | 2 | 0 | 1
--> y | null | 1 | 0 | 0
--> y | null | 1 | 0 | 1
--> null | true | 1 | 0 | 0
--> null | null | 1 | 0 | 1
--> null | null | 4 | 1 | 3
SELECT kind, flag, COUNT(*) FROM things WHERE id < 3 GROUP BY CUBE(kind, flag) ORDER BY kind, flag;
--: VARCHAR | BOOLEAN | BIGINT!
--> x | false | 1
--> x | true | 1
--> x | null | 2
--> null | false | 1
--> null | true | 1
--> null | null | 2
SELECT kind, COUNT(*), GROUP_ID() FROM things GROUP BY GROUPING SETS ((kind), (), (kind)) ORDER BY kind, 2, 3;
--: VARCHAR | BIGINT! | BIGINT!
--> x | 2 | 0
--> x | 2 | 1
--> y | 1 | 0
--> y | 1 | 1
--> null | 1 | 0
--> null | 1 | 1
--> null | 4 | 0
SELECT kind, COUNT(*) FROM things GROUP BY kind HAVING COUNT(*) > 1;
--: VARCHAR | BIGINT!
--> x | 2
SELECT COUNT(DISTINCT kind), SUM(DISTINCT id), COUNT(*) FILTER (WHERE flag), SUM(whole) FILTER (WHERE whole > 0) FROM things;
--: BIGINT! | BIGINT | BIGINT! | BIGINT
--> 2 | 10 | 2 | 7
SELECT EVERY(id > 0), SOME(flag), BOOL_AND(flag), BOOL_OR(flag), BIT_AND(id), BIT_OR(id), BIT_XOR(id), ANY_VALUE(1), APPROX_COUNT_DISTINCT(id) FROM things;
--: BOOLEAN | BOOLEAN | BOOLEAN | BOOLEAN | BIGINT | BIGINT | BIGINT | INTEGER | BIGINT!
--> true | true | false | true | 0 | 7 | 4 | 1 | 4
SELECT STDDEV_POP(id), STDDEV_SAMP(id), VAR_POP(price), VARIANCE(price), COVAR_POP(price, whole), COVAR_SAMP(id, id) FROM things;
--: DOUBLE | DOUBLE | DOUBLE | DOUBLE | DOUBLE | DOUBLE
--> 1.118033988749895 | 1.2909944487358056 | 107.07002222222222 | 160.60503333333332 | 54.809999999999995 | 1.6666666666666667
SELECT LISTAGG(name, ', ') WITHIN GROUP (ORDER BY id DESC), STRING_AGG(kind, '' ORDER BY id), ARRAY_AGG(id ORDER BY id DESC), LISTAGG(DISTINCT kind, '') WITHIN GROUP (ORDER BY kind) FROM things;
--: VARCHAR | VARCHAR | ARRAY | VARCHAR
--> a_b%c\, Été à Zürich, Alice | xxy | [4, 3, 2, 1] | xy
SELECT PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY id), PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY CAST(id AS DOUBLE)) FROM things;
--: BIGINT | DOUBLE
--> 2 | 2.5
SELECT LISTAGG(kind, '') WITHIN GROUP (ORDER BY -id), ARRAY_AGG(id ORDER BY whole + 1 DESC, 1) FROM things;
--: VARCHAR | ARRAY
--> yxx | [3, 1, 4, 2]
SELECT COALESCE(LISTAGG(kind), 'none'), COALESCE(STRING_AGG(label, ','), 'none'), LISTAGG(label) IS NULL, ARRAY_AGG(id) IS NULL, MODE(id) IS NULL, MAX(label) IS NULL FROM kinds CROSS JOIN (SELECT 1 AS id) AS ids WHERE FALSE;
--: VARCHAR! | VARCHAR! | BOOLEAN! | BOOLEAN! | BOOLEAN! | BOOLEAN!
--> none | none | true | true | true | true
SELECT label, COALESCE(LISTAGG(kind) FILTER (WHERE kind = 'x'), 'none') FROM kinds GROUP BY label ORDER BY 1;
--: VARCHAR! | VARCHAR!
--> first | x
--> last | none
SELECT id, COALESCE(VAR_SAMP(id), 0), VARIANCE(id) IS NULL, STDDEV_SAMP(id) IS NULL, COVAR_SAMP(id, id) IS NULL, CORR(id, id) IS NULL FROM things GROUP BY id HAVING id < 3 ORDER BY 1;
--: BIGINT! | DOUBLE! | BOOLEAN! | BOOLEAN! | BOOLEAN! | BOOLEAN!
--> 1 | 0.0 | true | true | true | true
--> 2 | 0.0 | true | true | true | true
SELECT id, COALESCE(VAR_SAMP(id) OVER (ORDER BY id), 0), COVAR_SAMP(id, id) OVER (ORDER BY id) IS NULL FROM things WHERE id < 3 ORDER BY 1;
--: BIGINT! | DOUBLE! | BOOLEAN!
--> 1 | 0.0 | true
--> 2 | 0.5 | false
SELECT a.labels, b.n FROM (SELECT LISTAGG(label, ';') AS labels FROM kinds WHERE kind = 'none') AS a CROSS JOIN LATERAL (SELECT COUNT(*) AS n FROM kinds WHERE label = a.labels) AS b WHERE NOT EXISTS (SELECT 1 FROM kinds WHERE label = a.labels) AND (a.labels = a.labels) IS NULL;
--: VARCHAR | BIGINT!
--> null | 0
SELECT LISTAGG('x', ';') WITHIN GROUP (ORDER BY 'x') FROM (VALUES (1), (2)) AS v(n);
--: VARCHAR
--> x;x
SELECT LISTAGG(a, b) FROM (VALUES ('x', ';'), ('y', ';')) AS v(a, b);
--: VARCHAR
--> x;y
SELECT LISTAGG(a, b) FROM (VALUES ('x', ';'), ('y', ':')) AS v(a, b);
--! FEATURE_NOT_SUPPORTED `LISTAGG with a separator that is not written in the query` is not supported
SELECT LISTAGG(kind, label) FROM (SELECT DISTINCT kind, label FROM kinds) AS t;
--! FEATURE_NOT_SUPPORTED `LISTAGG with a separator that is not written in the query` is not supported
SELECT STRING_AGG(label, ',') FROM (SELECT DISTINCT label FROM kinds WHERE kind = 'x') AS q;
--: VARCHAR
--> first
SELECT LISTAGG(label) FROM (SELECT label FROM kinds ORDER BY label LIMIT 1) AS q;
--: VARCHAR
--> first
SELECT STRING_AGG(kind, NULL) FROM kinds;
--! FEATURE_NOT_SUPPORTED `STRING_AGG with a separator that is not written in the query` is not supported
SELECT STRING_AGG(id, ',') FROM things;
--: VARCHAR
--> 1,2,3,4
SELECT STRING_AGG(name, ',' ORDER BY nowhere) FROM things;
--! UNDEFINED_COLUMN column `nowhere` does not exist (line 1, column 38)
SELECT kind, STRING_AGG(DISTINCT label, '+' ORDER BY label DESC) FILTER (WHERE kind <> 'z') FROM kinds GROUP BY ROLLUP (kind) ORDER BY 1;
--: VARCHAR | VARCHAR
--> x | first
--> z | null
--> null | first
SELECT CAST(LISTAGG(CAST(label AS VARCHAR(2)), ',') WITHIN GROUP (ORDER BY label) AS VARCHAR(3)) FROM kinds;
--: VARCHAR
--> fi,
SELECT STRING_AGG(label, ',' ORDER BY kind) WITHIN GROUP (ORDER BY label) FROM kinds;
--! INVALID_STATEMENT WITHIN GROUP not allowed with WITHIN GROUP function (line 1, column 8)
SELECT STRING_AGG(label, ',') WITHIN GROUP (ORDER BY label DESC) FROM kinds;
--: VARCHAR
--> last,first
SELECT COLLECT(name) FROM things;
--! FEATURE_NOT_SUPPORTED `COLLECT` is not supported
SELECT name FROM things GROUP BY kind;
--! INVALID_STATEMENT expression `name` is not being grouped (line 1, column 8)

-- Windows.
SELECT id, ROW_NUMBER() OVER (ORDER BY id DESC), RANK() OVER (ORDER BY kind), DENSE_RANK() OVER (ORDER BY kind), NTILE(2) OVER (ORDER BY id), PERCENT_RANK() OVER (ORDER BY id), CUME_DIST() OVER (ORDER BY id) FROM things ORDER BY id;
--: BIGINT! | BIGINT! | BIGINT! | BIGINT! | BIGINT! | DOUBLE! | DOUBLE!
--> 1 | 4 | 1 | 1 | 1 | 0.0 | 0.25
--> 2 | 3 | 1 | 1 | 1 | 0.3333333333333333 | 0.5
--> 3 | 2 | 3 | 2 | 2 | 0.6666666666666666 | 0.75
--> 4 | 1 | 4 | 3 | 2 | 1.0 | 1.0
SELECT SUM(whole) OVER (ORDER BY id), SUM(whole) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING), SUM(id) OVER (ORDER BY id RANGE BETWEEN 1 PRECEDING AND CURRENT ROW), COUNT(*) OVER (PARTITION BY kind), AVG(price) OVER () FROM things ORDER BY id;
--: BIGINT | BIGINT | BIGINT | BIGINT! | DOUBLE
--> 7 | 0 | 1 | 2 | 5.496666666666666
--> 0 | 0 | 3 | 2 | 5.496666666666666
--> 0 | -7 | 5 | 1 | 5.496666666666666
--> 0 | 0 | 7 | 1 | 5.496666666666666
SELECT LAG(whole) OVER (ORDER BY id), LEAD(whole, 2, -1) OVER (ORDER BY id), LAG(whole) IGNORE NULLS OVER (ORDER BY id), FIRST_VALUE(name) OVER (PARTITION BY kind ORDER BY id), LAST_VALUE(id) OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING), NTH_VALUE(id, 2) OVER (ORDER BY id) FROM things ORDER BY id;
--: INTEGER | INTEGER | INTEGER | VARCHAR | BIGINT! | BIGINT
--> null | null | null | Alice | 4 | null
--> 7 | 0 | 7 | Alice | 4 | 2
--> -7 | -1 | -7 | null | 4 | 2
--> null | -1 | -7 | a_b%c\ | 4 | 2
SELECT COUNT(*) OVER (ORDER BY born RANGE BETWEEN INTERVAL '1' YEAR PRECEDING AND CURRENT ROW) FROM things WHERE born IS NOT NULL ORDER BY born;
--: BIGINT!
--> 1
--> 1
--> 2
SELECT kind, SUM(SUM(id)) OVER (ORDER BY kind) FROM things GROUP BY kind ORDER BY kind;
--: VARCHAR | BIGINT!
--> x | 3
--> y | 6
--> null | 10
SELECT id FROM things QUALIFY ROW_NUMBER() OVER (PARTITION BY kind ORDER BY id DESC) = 1 ORDER BY id;
--: BIGINT!
--> 2
--> 3
--> 4
SELECT SUM(id) OVER w, MIN(id) OVER w FROM things WINDOW w AS (PARTITION BY kind) ORDER BY id;
--: BIGINT! | BIGINT!
--> 3 | 1
--> 3 | 1
--> 3 | 3
--> 4 | 4

SELECT id, RANK() OVER (ORDER BY -id), SUM(id) OVER (ORDER BY -id, 1), FIRST_VALUE(id) OVER (ORDER BY CHAR_LENGTH(name) DESC) FROM things ORDER BY id;
--: BIGINT! | BIGINT! | BIGINT! | BIGINT!
--> 1 | 4 | 10 | 2
--> 2 | 3 | 9 | 2
--> 3 | 2 | 7 | 2
--> 4 | 1 | 4 | 2

-- Sets of rows.
SELECT kind FROM things UNION SELECT kind FROM kinds ORDER BY 1;
--: VARCHAR
--> x
--> y
--> z
--> null
SELECT kind FROM things UNION ALL SELECT kind FROM kinds ORDER BY 1;
--: VARCHAR
--> x
--> x
--> x
--> y
--> z
--> null
SELECT kind FROM things INTERSECT ALL SELECT kind FROM kinds ORDER BY 1;
--: VARCHAR
--> x
SELECT kind FROM things EXCEPT ALL SELECT kind FROM kinds ORDER BY 1;
--: VARCHAR
--> x
--> y
--> null
SELECT kind FROM things EXCEPT SELECT kind FROM kinds ORDER BY 1;
--: VARCHAR
--> y
--> null
SELECT 1 UNION ALL SELECT 2.5 UNION ALL SELECT NULL;
--: DECIMAL
--> 1.0
--> 2.5
--> null
SELECT 'a' UNION ALL SELECT 'bcd';
--: VARCHAR!
--> a
--> bcd
VALUES (1, 'a', DATE '2020-01-01'), (2, NULL, NULL);
--: INTEGER! | CHAR | DATE
--> 1 | a | 2020-01-01
--> 2 | null | null
SELECT x, EXTRACT(YEAR FROM y) FROM (VALUES (1, CAST(NULL AS DATE))) AS t (x, y);
--: INTEGER! | BIGINT
--> 1 | null
WITH a AS (SELECT kind, COUNT(*) AS c FROM things GROUP BY kind), b AS (SELECT MAX(c) AS m FROM a) SELECT kind, c FROM a, b WHERE c = m ORDER BY 1;
--: VARCHAR | BIGINT!
--> x | 2
WITH a AS (WITH b AS (SELECT 1 AS x) SELECT x + 1 AS y FROM b) SELECT y FROM a;
--: INTEGER!
--> 2
SELECT DISTINCT kind FROM things ORDER BY kind DESC;
--: VARCHAR
--> y
--> x
--> null

-- Order and limits.
SELECT 5 AS x, 'a' AS y, id FROM things ORDER BY x, y, id DESC LIMIT 2;
--: INTEGER! | CHAR! | BIGINT!
--> 5 | a | 4
--> 5 | a | 3
SELECT id FROM things ORDER BY whole, id;
--: BIGINT!
--> 2
--> 4
--> 1
--> 3
SELECT id FROM things ORDER BY whole DESC, id;
--: BIGINT!
--> 1
--> 4
--> 2
--> 3
SELECT id FROM things ORDER BY whole NULLS FIRST, id;
--: BIGINT!
--> 3
--> 2
--> 4
--> 1
SELECT id FROM things ORDER BY whole DESC NULLS FIRST, id;
--: BIGINT!
--> 3
--> 1
--> 4
--> 2
SELECT id FROM things ORDER BY id LIMIT 2 OFFSET 1;
--: BIGINT!
--> 2
--> 3
SELECT id FROM things ORDER BY id OFFSET 1 ROWS FETCH NEXT 1 ROWS ONLY;
--: BIGINT!
--> 2
SELECT id FROM things ORDER BY id LIMIT 0;
--: BIGINT!
SELECT name FROM things ORDER BY CHAR_LENGTH(name) DESC, name || 'x' LIMIT 1;
--: VARCHAR
--> Été à Zürich
SELECT COUNT(*) FROM (SELECT id FROM things ORDER BY id LIMIT 3) AS t;
--: BIGINT!
--> 3

-- Joins and sub-queries.
SELECT id, label FROM things JOIN kinds ON things.kind = kinds.kind ORDER BY id;
--: BIGINT! | VARCHAR!
--> 1 | first
--> 2 | first
SELECT id, label FROM things LEFT JOIN kinds ON things.kind = kinds.kind AND label <> 'first' ORDER BY id;
--: BIGINT! | VARCHAR
--> 1 | null
--> 2 | null
--> 3 | null
--> 4 | null
SELECT id, label FROM things RIGHT JOIN kinds USING (kind) ORDER BY id, label;
--: BIGINT | VARCHAR!
--> 1 | first
--> 2 | first
--> null | last
SELECT id, label FROM things FULL JOIN kinds ON things.kind = kinds.kind ORDER BY id, label;
--: BIGINT | VARCHAR
--> 1 | first
--> 2 | first
--> 3 | null
--> 4 | null
--> null | last
SELECT a.id, b.id FROM things a, things b WHERE a.kind = b.kind AND a.id < b.id;
--: BIGINT! | BIGINT!
--> 1 | 2
SELECT label, x.c FROM kinds, LATERAL (SELECT COUNT(*) AS c FROM things WHERE things.kind = kinds.kind) AS x ORDER BY label;
--: VARCHAR! | BIGINT!
--> first | 2
--> last | 0
SELECT label, x.id FROM kinds LEFT JOIN LATERAL (SELECT id FROM things WHERE things.kind = kinds.kind ORDER BY id DESC LIMIT 1) AS x ON TRUE ORDER BY label;
--: VARCHAR! | BIGINT
--> first | 2
--> last | null
SELECT id, whole IN (SELECT 7 FROM kinds), EXISTS (SELECT 1 FROM kinds WHERE kinds.kind = things.kind), (SELECT label FROM kinds WHERE kinds.kind = things.kind) FROM things WHERE id < 4 ORDER BY id;
--: BIGINT! | BOOLEAN | BOOLEAN! | VARCHAR
--> 1 | true | true | first
--> 2 | false | true | first
--> 3 | null | false | null
SELECT id FROM things WHERE whole > (SELECT AVG(t.whole) FROM things t WHERE t.kind = things.kind);
--: BIGINT!
--> 1
SELECT id FROM things WHERE id > ALL (SELECT 2 FROM kinds) OR id = ANY (SELECT 1 FROM kinds) OR id < SOME (SELECT 2 FROM kinds) ORDER BY id;
--: BIGINT!
--> 1
--> 3
--> 4
SELECT id FROM things WHERE kind NOT IN (SELECT kind FROM kinds WHERE label = 'first') ORDER BY id;
--: BIGINT!
--> 3
SELECT (SELECT id FROM things);
--! DATA_EXCEPTION a value cannot be computed: a sub-query gives more than one row
SELECT ARRAY(SELECT id FROM things);
--! FEATURE_NOT_SUPPORTED `ARRAY (SELECT ...)` is not supported
SELECT ARRAY[TIMESTAMP '2021-02-04 13:05:00.123456', NULL], ARRAY[DATE '2021-02-04'];
--: ARRAY! | ARRAY!
--> [2021-02-04T13:05:00.123456, null] | [2021-02-04]
SELECT ARRAY[1, 2, 3];
--: ARRAY!
--> [1, 2, 3]
SELECT ROW(1, 2) FROM things;
--! FEATURE_NOT_SUPPORTED a column of type `ROW` cannot be given
SELECT MAP['a', 1] FROM things;
--! FEATURE_NOT_SUPPORTED a column of type `MAP` cannot be given
SELECT id FROM things TABLESAMPLE BERNOULLI (50);
--! FEATURE_NOT_SUPPORTED `TABLESAMPLE` is not supported (line 1, column 16)

-- What asks about the backend, or is nothing of its business.
SELECT CURRENT_SCHEMA, current_catalog, CURRENT_SCHEMA || '!' FROM kinds WHERE CURRENT_SCHEMA = 'small' AND kind = 'x';
--: VARCHAR | VARCHAR | VARCHAR
--> small | null | small!
SELECT kind FROM kinds WHERE kind IN (SELECT kind FROM things WHERE CURRENT_SCHEMA <> 'small' OR CURRENT_CATALOG IS NULL);
--: VARCHAR!
--> x
SELECT "CURRENT_SCHEMA" FROM kinds;
--! UNDEFINED_COLUMN column `CURRENT_SCHEMA` does not exist (line 1, column 8)
SELECT CURRENT_ROLE;
--! FEATURE_NOT_SUPPORTED `CURRENT_ROLE` is not supported, as there may be several: query `INFORMATION_SCHEMA.ENABLED_ROLES`
SELECT CURRENT_USER, USER, SESSION_USER, SYSTEM_USER;
--: VARCHAR! | VARCHAR! | VARCHAR! | VARCHAR!
--> reader | reader | reader | reader
SELECT JSON_VALUE('{"a": 1}', '$.a');
--! FEATURE_NOT_SUPPORTED `JSON_VALUE` is not supported
SELECT RAND() < 1, RANDOM() >= 0;
--: BOOLEAN! | BOOLEAN!
--> true | true

-- Columns of one name, also in other case: each stays what it was where a sub-query or a derived table refers to it.
SELECT t.id, u.id FROM things t, things u WHERE EXISTS (SELECT 1 FROM kinds k WHERE t.id = u.id AND k.kind = 'x') ORDER BY 1;
--: BIGINT! | BIGINT!
--> 1 | 1
--> 2 | 2
--> 3 | 3
--> 4 | 4
SELECT t.kind, k.kind, k.kind0 FROM things t, (SELECT kind, label AS kind0 FROM kinds) k WHERE t.id = 1 AND EXISTS (SELECT 1 FROM things u WHERE u.kind = k.kind);
--: VARCHAR | VARCHAR! | VARCHAR!
--> x | x | first
SELECT t.id, (SELECT COUNT(*) FROM things u WHERE u.kind = k.kind AND u.id >= t.id) FROM things t JOIN kinds k ON k.kind = t.kind ORDER BY 1;
--: BIGINT! | BIGINT
--> 1 | 2
--> 2 | 1
SELECT t.id, u.id, l.q FROM things t, things u, LATERAL (SELECT u.id * 10 AS q FROM kinds k WHERE t.id = u.id AND k.kind = 'z') l ORDER BY 1 LIMIT 1;
--: BIGINT! | BIGINT! | BIGINT!
--> 1 | 1 | 10
SELECT x.a, x."A", y."A" FROM (SELECT 1 AS a, 2 AS "A") x JOIN (SELECT 2 AS a, 3 AS "A") y ON x."A" = y.a;
--! INVALID_STATEMENT column `A` is ambiguous (line 1, column 95)
SELECT l.id, r.id FROM (SELECT * FROM things t JOIN kinds k ON t.kind = k.kind ORDER BY t.id LIMIT 1) l JOIN things r ON l.id = r.id;
--: BIGINT! | BIGINT!
--> 1 | 1
SELECT DISTINCT kind, 3 FROM things WHERE id < 3 ORDER BY 2;
--: VARCHAR | INTEGER!
--> x | 3
-- Spaces at the end of CHAR do not count.
SELECT CAST('a' AS CHAR(3)) = 'a', CAST(label AS CHAR(9)) <> 'first', CAST(label AS CHAR(9)) = label FROM kinds WHERE kind = 'x';
--: BOOLEAN! | BOOLEAN! | BOOLEAN!
--> true | false | true
SELECT CASE WHEN id = 1 THEN 'a ' ELSE 'bcd' END || '!', LPAD('abc', 2), RPAD('abc', 5) || '!' FROM things WHERE id < 3 ORDER BY id;
--: VARCHAR! | VARCHAR! | VARCHAR!
--> a ! | ab | abc  !
--> bcd! | ab | abc  !
SELECT FLOOR(clock TO HOUR) FROM things;
--! FEATURE_NOT_SUPPORTED `FLOOR TO that unit` is not supported
SELECT ARRAY[id] = ARRAY[1] FROM things;
--! FEATURE_NOT_SUPPORTED `a comparison of arrays` is not supported
SELECT id + 0 FROM things WHERE id > 4 OR born + INTERVAL '999999999' YEAR(9) > born;
--! DATA_EXCEPTION a value cannot be computed: conversion failed

-- What other databases do, and this one says that it does not.
SELECT COUNT(*) FROM things s ASOF JOIN things t MATCH_CONDITION s.born >= t.born ON s.kind = t.kind;
--! FEATURE_NOT_SUPPORTED `ASOF JOIN` is not supported (line 1, column 36)
EXPLAIN PLAN FOR DELETE FROM things;
--! FEATURE_NOT_SUPPORTED only queries can be explained (line 1, column 18)
SET PASSWORD = 'secret';
--! SYNTAX a password is set by `ALTER USER name PASSWORD 'text'` (line 1, column 5)
ALTER USER reader SET PASSWORD = 'secret';
--! SYNTAX a password is set by `ALTER USER name PASSWORD 'text'` (line 1, column 23)
CREATE USER other PASSWORD 'a' 'b';
--! SYNTAX a text in one piece is expected here, as `'text'` (line 1, column 28)
CREATE USER other PASSWORD x'70';
--! SYNTAX a text in one piece is expected here, as `'text'` (line 1, column 28)
SELECT NULLIF(NULLIF(NULLIF(id, 0), 1), 2), COALESCE(COALESCE(whole, 1), 2) FROM things WHERE id = 3;
--: BIGINT | INTEGER!
--> 3 | 1
SELECT * FROM (SELECT id FROM things WHERE FALSE) t JOIN kinds ON TRUE;
--: BIGINT! | VARCHAR! | VARCHAR!
SELECT LISTAGG(name, ';') WITHIN GROUP (ORDER BY 'x'), COUNT(*) FROM things WHERE id = 1;
--: VARCHAR | BIGINT!
--> Alice | 1
SELECT id, RANK() OVER (ORDER BY 'x') FROM things WHERE id < 3 ORDER BY 'x' || 'y', 1;
--: BIGINT! | BIGINT!
--> 1 | 1
--> 2 | 1
SELECT kind, COUNT(*) FROM things GROUP BY kind HAVING EXISTS (SELECT 1 FROM kinds WHERE label = 'first') ORDER BY kind;
--: VARCHAR | BIGINT!
--> x | 2
--> y | 1
--> null | 1
SELECT kind FROM things GROUP BY kind HAVING NOT EXISTS (SELECT 1 FROM kinds UNION SELECT kind FROM things);
--: VARCHAR
SELECT id FROM things WHERE EXISTS (SELECT 1 FROM kinds UNION SELECT 2 FROM kinds ORDER BY 1 LIMIT 1) AND id = 1;
--: BIGINT!
--> 1
SELECT 1 IS NULL OR 2 IS NULL, NOT (1 IS NULL OR 2 IS NULL), 1 IS NOT NULL AND 2 IS NOT NULL FROM things WHERE id = 1;
--: BOOLEAN! | BOOLEAN! | BOOLEAN!
--> false | true | true
SELECT id FROM things WHERE (1 IS NULL OR 1 IS DISTINCT FROM 2) AND id IS NOT DISTINCT FROM 1 AND (whole = 7 OR (whole IS DISTINCT FROM 7 OR id = 9));
--: BIGINT!
--> 1
SELECT COUNT(*) FROM things WHERE whole IS DISTINCT FROM 7 OR (id IS NOT DISTINCT FROM 1 AND NOT (whole IS DISTINCT FROM 7));
--: BIGINT!
--> 4

-- Values with a time zone cannot be written.
SELECT TIMESTAMP WITH TIME ZONE '2020-02-29 01:02:03 UTC' FROM things;
--! FEATURE_NOT_SUPPORTED `a literal of type TIMESTAMP WITH TIME ZONE` is not supported (line 1, column 8)
SELECT TIMESTAMP WITH LOCAL TIME ZONE '2020-02-29 01:02:03' FROM things;
--! FEATURE_NOT_SUPPORTED `a literal of type TIMESTAMP WITH LOCAL TIME ZONE` is not supported (line 1, column 8)
SELECT DATETIME '2020-01-01 00:00:00';
--! FEATURE_NOT_SUPPORTED `a literal of type DATETIME` is not supported (line 1, column 8)
SELECT id FROM things WHERE name = UUID '123e4567-e89b-12d3-a456-426614174000';
--! FEATURE_NOT_SUPPORTED `a literal of type UUID` is not supported (line 1, column 36)
SELECT * FROM things EXTEND (x INTEGER);
--! FEATURE_NOT_SUPPORTED `EXTEND` is not supported (line 1, column 15)
SELECT x FROM things (x INTEGER) AS t;
--! FEATURE_NOT_SUPPORTED `EXTEND` is not supported (line 1, column 15)
