package io.icespar.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectUrlTest {

    @ParameterizedTest
    @CsvSource({
        "jdbc:icespar:http://127.0.0.1:8765, http://127.0.0.1:8765/avatica",
        "jdbc:icespar:http://localhost, http://localhost:8765/avatica",
        "jdbc:icespar:http://[::1]:1/, http://[::1]:1/avatica",
        "jdbc:icespar:https://data.example.org:443/retail, https://data.example.org:443/avatica",
        "JDBC:Icespar:HTTPS://Data.example.org:443, https://Data.example.org:443/avatica",
    })
    void requestsGoToTheEndpointOfTheServer(String url, URI endpoint) throws SQLException {
        assertTrue(ConnectUrl.accepts(url));
        assertEquals(endpoint, parse(url).endpoint());
    }

    @Test
    void thePathNamesTheSchema() throws SQLException {
        assertEquals(
                Optional.of("retail"),
                parse("jdbc:icespar:http://localhost/retail").find(DriverProperty.SCHEMA));
        assertEquals(
                Optional.of("a b+c"),
                parse("jdbc:icespar:http://localhost/a%20b+c").find(DriverProperty.SCHEMA));
        assertEquals(Optional.empty(), parse("jdbc:icespar:http://localhost/").find(DriverProperty.SCHEMA));
    }

    @Test
    void optionsStandInTheUrlOrAmongThePropertiesWhichGoFirst() throws SQLException {
        var info = login();
        info.setProperty("FETCHSIZE", "7");
        var url = ConnectUrl.parse("jdbc:icespar:http://localhost?fetchSize=8&timeZone=Europe%2FParis", info);
        assertEquals(7, url.number(DriverProperty.FETCH_SIZE));
        assertEquals("Europe/Paris", url.text(DriverProperty.TIME_ZONE));
        assertEquals(10, url.number(DriverProperty.CONNECT_TIMEOUT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:icespar:nonsense",
                "jdbc:icespar://localhost",
                "jdbc:icespar:ftp://localhost",
                "jdbc:icespar:http://",
                "jdbc:icespar:http://local host",
                "jdbc:icespar:http://localhost:99999",
                "jdbc:icespar:http://localhost:port",
                "jdbc:icespar:http://localhost/a/b",
                "jdbc:icespar:http://localhost/#retail",
                "jdbc:icespar:http://localhost/%zz",
                "jdbc:icespar:http://user:s3cret@localhost",
                "jdbc:icespar:http://localhost?password",
            })
    void aMalformedUrlIsRefusedWithTheFormThatIsExpected(String url) {
        var error = assertThrows(SQLException.class, () -> parse(url));
        assertEquals("08001", error.getSQLState());
        assertTrue(String.valueOf(error.getMessage()).contains("jdbc:icespar:http(s)://host"), error.getMessage());
        assertFalse(String.valueOf(error.getMessage()).contains("s3cret"), error.getMessage());
    }

    @Test
    void theEmbeddedDriversUrlIsNotOurs() {
        assertFalse(ConnectUrl.accepts("jdbc:icespar:embedded:/conf/icespar.yaml"));
        assertFalse(ConnectUrl.accepts("jdbc:postgresql://localhost/retail"));
    }

    @ParameterizedTest
    @CsvSource({
        "fetchsise, did you mean `fetchSize`?",
        "passwort, did you mean `password`?",
        "conectTimeout, did you mean `connectTimeout`?",
        "httpclient_impl, 'expected one of `user`, `password`'",
    })
    void anUnknownOptionIsNamedWithWhatWasMeant(String name, String suggestion) {
        var inUrl = assertThrows(SQLException.class, () -> parse("jdbc:icespar:http://localhost?" + name + "=1"));
        var info = login();
        info.setProperty(name, "1");
        var among = assertThrows(SQLException.class, () -> ConnectUrl.parse("jdbc:icespar:http://localhost", info));
        assertEquals("22023", inUrl.getSQLState());
        assertEquals(inUrl.getMessage(), among.getMessage());
        assertTrue(
                String.valueOf(inUrl.getMessage()).startsWith("unknown option `" + name + "`, " + suggestion),
                inUrl.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "fetchSize, -1",
        "connectTimeout, soon",
        "responseTimeout, 99999999999",
        "allowPlainHttp, yes",
        "timeZone, Europe/Pari",
    })
    void aWrongValueIsNamed(String name, String value) {
        var error =
                assertThrows(SQLException.class, () -> parse("jdbc:icespar:http://localhost?" + name + "=" + value));
        assertEquals("22023", error.getSQLState());
        assertTrue(
                String.valueOf(error.getMessage())
                        .startsWith("the option `" + name + "` has the value `" + value + "`, expected"),
                error.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://data.example.org", "http://192.168.0.1:8765", "http://127.0.0.1.example.org"})
    void thePasswordDoesNotGoToAnotherMachineUnencrypted(String server) throws SQLException {
        var error = assertThrows(SQLException.class, () -> parse("jdbc:icespar:" + server));
        assertEquals("08001", error.getSQLState());
        assertTrue(String.valueOf(error.getMessage()).contains("`allowPlainHttp`"), error.getMessage());
        assertEquals(
                "http",
                parse("jdbc:icespar:" + server + "?allowPlainHttp=true")
                        .endpoint()
                        .getScheme());
    }

    @Test
    void aLoginNeedsUserAndPassword() {
        var url = "jdbc:icespar:http://localhost";
        var error = assertThrows(SQLException.class, () -> ConnectUrl.parse(url, new Properties()));
        assertEquals("28000", error.getSQLState());
        assertEquals("no `user` was given to log in with", error.getMessage());
        var info = login();
        info.setProperty("user", "a:b");
        assertEquals(
                "28000",
                assertThrows(SQLException.class, () -> ConnectUrl.parse(url, info))
                        .getSQLState());
    }

    @Test
    void whatIsShownOfTheUrlHoldsNoPassword() throws SQLException {
        assertEquals(
                "jdbc:icespar:http://localhost:8765/a%20b",
                parse("jdbc:icespar:http://localhost/a%20b?password=s3cret").withoutOptions());
    }

    private static ConnectUrl parse(String url) throws SQLException {
        return ConnectUrl.parse(url, login());
    }

    private static Properties login() {
        var info = new Properties();
        info.setProperty("user", "french-user");
        info.setProperty("password", "changeit");
        return info;
    }
}
