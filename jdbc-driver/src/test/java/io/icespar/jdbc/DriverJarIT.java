package io.icespar.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The driver as it is given out: one jar, on which nothing else depends. */
class DriverJarIT {
    private static final Path JAR = Path.of(System.getProperty("icespar.jdbc.jar", ""));

    @Test
    void theJarHoldsNothingUnderNamesOfOthers() throws IOException {
        try (var jar = new JarFile(JAR.toFile())) {
            var names = jar.stream().map(entry -> entry.getName()).collect(Collectors.toList());
            assertEquals(
                    List.of(),
                    names.stream()
                            .filter(name -> !name.matches("(META-INF|io/icespar)/.*|io/"))
                            .collect(Collectors.toList()));
            assertTrue(names.containsAll(List.of("META-INF/LICENSE", "META-INF/NOTICE")));
            assertEquals(
                    List.of("io.icespar.jdbc.shaded.slf4j.spi.SLF4JServiceProvider", "java.sql.Driver"),
                    names.stream()
                            .filter(name -> name.matches("META-INF/services/.+"))
                            .map(name -> name.substring("META-INF/services/".length()))
                            .sorted()
                            .collect(Collectors.toList()));
        }
    }

    @Test
    void theJarWorksAloneAndPrintsNothing() throws Exception {
        var standardError = System.err;
        var printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try (var server = FakeServer.start().givingNumbers();
                var loader = new URLClassLoader(new URL[] {JAR.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
                var connection = connect(loader, server);
                var statement = connection.prepareStatement("SELECT n FROM t WHERE n > ?")) {
            statement.setFetchSize(10);
            statement.setBigDecimal(1, BigDecimal.ONE);
            var rows = statement.executeQuery();
            int count = 0;
            while (rows.next()) {
                assertEquals(count++, rows.getInt("n"));
            }
            assertEquals(FakeServer.ROWS, count);
            assertEquals("Icespar JDBC driver", connection.getMetaData().getDriverName());
        } finally {
            System.setErr(standardError);
        }
        assertEquals("", printed.toString(StandardCharsets.UTF_8));
    }

    @Test
    void theJarAloneLogsInAtAProvider() throws Exception {
        try (var provider = FakeProvider.start();
                var server = FakeServer.start().namingProvider(provider.issuer());
                var loader = new URLClassLoader(new URL[] {JAR.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
                var connection = connect(loader, server, "auth", "password")) {
            assertFalse(connection.isClosed());
            assertEquals(List.of("Bearer token-1"), server.authorizations());
        }
    }

    private static Connection connect(ClassLoader loader, FakeServer server, String... more) throws SQLException {
        var info = new Properties();
        info.setProperty("user", "french-user");
        info.setProperty("password", "changeit");
        for (int i = 0; i < more.length; i += 2) {
            info.setProperty(more[i], more[i + 1]);
        }
        var drivers = ServiceLoader.load(java.sql.Driver.class, loader).stream()
                .map(ServiceLoader.Provider::get)
                .filter(driver -> driver.getClass().getClassLoader() == loader)
                .collect(Collectors.toList());
        assertEquals(1, drivers.size());
        var connection = drivers.get(0).connect(server.url(), info);
        if (connection == null) {
            throw new AssertionError("the driver does not take its own URL");
        }
        return connection;
    }
}
