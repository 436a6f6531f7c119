package io.icespar.benchmark.small;

import io.icespar.benchmark.system.Asking;
import io.icespar.benchmark.system.TemporaryFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Small requests of a user who shows a password, a signed token or an opaque one with each, or whom nobody asks who they
 * are: a prepared query for one row by its key, through the driver, and the smallest request of the protocol, sent by a
 * client that does nearly nothing.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class MeasuredLogins {
    /** A server that asks nobody who they are: what the others are beside. */
    public static final String NOBODY = "nobody is asked";

    /** The same once more, which shows the noise. */
    public static final String AGAIN = "the same again";

    /** A token that the server can check alone. */
    public static final String SIGNED = "a signed token";

    /** A password. */
    public static final String PASSWORD = "a password";

    /** A token that the provider is asked about. */
    public static final String OPAQUE = "an opaque token";

    /** How often the provider may be asked: what it publishes, and its keys, for each server, and about a token. */
    private static final int FEW = 6;

    /** Who logs in how: one of the constants here. */
    @Param(NOBODY)
    public String subject = NOBODY;

    @SuppressWarnings("NullAway.Init")
    private TemporaryFolder folder;

    @SuppressWarnings("NullAway.Init")
    private CountingProvider provider;

    @SuppressWarnings("NullAway.Init")
    private Doors doors;

    @SuppressWarnings("NullAway.Init")
    private Connection connection;

    @SuppressWarnings("NullAway.Init")
    private PreparedStatement lookup;

    @SuppressWarnings("NullAway.Init")
    private SmallestRequest smallest;

    /** Opens the servers, and logs in to one. */
    @Setup(Level.Trial)
    public void open() throws IOException, SQLException {
        folder = TemporaryFolder.make();
        provider = new CountingProvider();
        doors = new Doors(folder.path(), provider);
        switch (subject) {
            case SIGNED -> logIn(doors.guarded(), provider.signedToken());
            case OPAQUE -> logIn(doors.asking(), provider.opaqueToken());
            case PASSWORD -> {
                var login = new Properties();
                login.setProperty("user", ManyRights.USER);
                login.setProperty("password", Doors.PASSWORD);
                String credentials = ManyRights.USER + ":" + Doors.PASSWORD;
                logIn(
                        doors.guarded(),
                        login,
                        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
            }
            default -> logIn(doors.open(), "nobody");
        }
    }

    private void logIn(URI server, String token) throws IOException, SQLException {
        var login = new Properties();
        login.setProperty("accessToken", token);
        logIn(server, login, "Bearer " + token);
    }

    private void logIn(URI server, Properties login, String authorization) throws IOException, SQLException {
        connection = DriverManager.getConnection("jdbc:icespar:" + server, login);
        lookup = connection.prepareStatement("SELECT a FROM t WHERE id = ?");
        smallest = new SmallestRequest(server, authorization);
    }

    /** Asks for one row by its key. */
    @Benchmark
    public long query() throws SQLException {
        lookup.setLong(1, 7);
        try (var rows = lookup.executeQuery()) {
            return Asking.read(rows);
        }
    }

    /** Sends the smallest request, and reads the answer. */
    @Benchmark
    public void smallestRequest() {
        smallest.send();
    }

    /**
     * Closes all.
     *
     * @throws IllegalStateException if the provider was asked more than a few things: then it was measured, not we
     */
    @TearDown(Level.Trial)
    public void close() throws IOException, SQLException {
        smallest.close();
        connection.close();
        doors.close();
        provider.close();
        folder.close();
        if (provider.requests() > FEW) {
            throw new IllegalStateException("the provider was asked " + provider.requests() + " times");
        }
    }
}
