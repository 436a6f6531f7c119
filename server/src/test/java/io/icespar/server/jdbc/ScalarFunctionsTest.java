package io.icespar.server.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.icespar.server.jdbc.JdbcShop.Way;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The functions that {@code DatabaseMetaData} lists are the ones of JDBC's escape that run. */
class ScalarFunctionsTest {
    /** A call of each function of JDBC 4.3's appendix C. */
    private static final String CALLS = """
            ABS(-1)
            ACOS(0.5)
            ASIN(0.5)
            ATAN(0.5)
            ATAN2(1, 2)
            CEILING(1.5)
            COS(1)
            COT(1)
            DEGREES(1)
            EXP(1)
            FLOOR(1.5)
            LOG(2)
            LOG10(2)
            MOD(7, 3)
            PI()
            POWER(2, 3)
            RADIANS(1)
            RAND()
            ROUND(1.55, 1)
            SIGN(-1)
            SIN(1)
            SQRT(2)
            TAN(1)
            TRUNCATE(1.55, 1)
            ASCII('a')
            CHAR(65)
            CONCAT('a', 'b')
            DIFFERENCE('a', 'b')
            INSERT('abc', 1, 1, 'x')
            LCASE('A')
            LEFT('abc', 1)
            LENGTH('abc')
            LOCATE('b', 'abc')
            LTRIM(' a')
            REPEAT('a', 2)
            REPLACE('a', 'a', 'b')
            RIGHT('abc', 1)
            RTRIM('a ')
            SOUNDEX('a')
            SPACE(2)
            SUBSTRING('abc', 1, 2)
            UCASE('a')
            CHAR_LENGTH('a')
            CHARACTER_LENGTH('a')
            OCTET_LENGTH('a')
            POSITION('a' IN 'ba')
            CURDATE()
            CURRENT_DATE()
            CURRENT_TIME()
            CURRENT_TIMESTAMP()
            CURTIME()
            DAYNAME(DATE '2020-02-29')
            DAYOFMONTH(DATE '2020-02-29')
            DAYOFWEEK(DATE '2020-02-29')
            DAYOFYEAR(DATE '2020-02-29')
            EXTRACT(YEAR FROM DATE '2020-02-29')
            HOUR(TIMESTAMP '2020-02-29 01:02:03')
            MINUTE(TIMESTAMP '2020-02-29 01:02:03')
            MONTH(DATE '2020-02-29')
            MONTHNAME(DATE '2020-02-29')
            NOW()
            QUARTER(DATE '2020-02-29')
            SECOND(TIMESTAMP '2020-02-29 01:02:03')
            TIMESTAMPADD(SQL_TSI_DAY, 1, TIMESTAMP '2020-02-29 01:02:03')
            TIMESTAMPDIFF(SQL_TSI_DAY, TIMESTAMP '2020-02-28 01:02:03', TIMESTAMP '2020-02-29 01:02:03')
            WEEK(DATE '2020-02-29')
            YEAR(DATE '2020-02-29')
            DATABASE()
            IFNULL('a', 'b')
            USER()
            """;

    @Test
    void theFunctionsThatAreListedRun(@TempDir Path folder) throws IOException, SQLException {
        try (var shop = new JdbcShop(folder);
                var connection = shop.connect(Way.EMBEDDED, "bob");
                var statement = connection.createStatement()) {
            var calls = new TreeMap<String, String>();
            CALLS.strip().lines().forEach(call -> calls.put(call.substring(0, call.indexOf('(')), call));
            var metaData = connection.getMetaData();
            var listed = new TreeSet<String>();
            Stream.of(
                            metaData.getNumericFunctions(),
                            metaData.getStringFunctions(),
                            metaData.getTimeDateFunctions(),
                            metaData.getSystemFunctions())
                    .map(list -> Arrays.asList(list.split(",", -1)))
                    .forEach(listed::addAll);
            var failures = new TreeMap<String, String>();
            for (var name : listed) {
                try (var rows = statement.executeQuery("SELECT {fn " + calls.get(name) + "} FROM (VALUES (1)) AS v")) {
                    rows.next();
                    rows.getString(1);
                } catch (SQLException e) {
                    failures.put(name, e.getMessage());
                }
            }
            assertEquals(List.of(), List.copyOf(failures.entrySet()));
        }
    }
}
