package io.icespar.benchmark;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Locale;
import java.util.Properties;

/**
 * What it costs to know who asks: small requests of a user who shows a password, a signed token or an opaque one with
 * each, beside the same requests to a server that asks nobody who they are, over the same engine.
 *
 * <p>The requests are a prepared query for one row by its key, through the driver, and the smallest request of the
 * protocol, sent by a client that does nearly nothing. Each is measured twice: by the clock, and in time of the processor
 * of all threads, the client's and the server's, but for the backend's.
 */
public final class AuthenticationBenchmark {
    private static final int ROUNDS = 200;

    /** How many requests are one round: one alone is too short to be measured. */
    private static final int REQUESTS = 20;

    /** How often the provider may be asked about signed tokens: what it publishes, and its keys, for each server. */
    private static final int FEW = 4;

    private final Doors doors;
    private final CountingProvider provider;

    private AuthenticationBenchmark(Doors doors, CountingProvider provider) {
        this.doors = doors;
        this.provider = provider;
    }

    /**
     * Measures, and prints a line for each case.
     *
     * @param arguments the folder that is written to
     * @throws IllegalStateException if the provider is asked for more than a few things while signed tokens are measured
     */
    public static void main(String[] arguments) throws IOException, SQLException {
        try (CountingProvider provider = new CountingProvider();
                Doors doors = new Doors(Path.of(arguments[0]).resolve("doors"), provider)) {
            new AuthenticationBenchmark(doors, provider).run();
        }
    }

    private void run() throws IOException, SQLException {
        String password = basic();
        String signed = provider.signedToken();
        Properties nobody = withToken("nobody");
        compare("the same again, to see the noise", doors.open(), nobody, "Bearer nobody");
        compare("a signed token", doors.guarded(), withToken(signed), "Bearer " + signed);
        if (provider.requests() > FEW) {
            throw new IllegalStateException("the provider was asked " + provider.requests() + " times");
        }
        compare("a password", doors.guarded(), withPassword(), password);
        String opaque = provider.opaqueToken();
        compare("an opaque token", doors.asking(), withToken(opaque), "Bearer " + opaque);
        System.out.println("the provider was asked " + provider.requests() + " times");
    }

    private static String basic() {
        String credentials = ManyRights.USER + ":" + Doors.PASSWORD;
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }

    private static Properties withToken(String token) {
        var login = new Properties();
        login.setProperty("accessToken", token);
        return login;
    }

    private static Properties withPassword() {
        var login = new Properties();
        login.setProperty("user", ManyRights.USER);
        login.setProperty("password", Doors.PASSWORD);
        return login;
    }

    private void compare(String what, URI server, Properties login, String authorization)
            throws IOException, SQLException {
        try (var one = new KeyLookup(doors.open(), withToken("nobody"));
                var other = new KeyLookup(server, login)) {
            compare(what + ", query", one::run, other::run);
        }
        try (var one = new SmallestRequest(doors.open(), "Bearer nobody");
                var other = new SmallestRequest(server, authorization)) {
            compare(what + ", smallest request", one::send, other::send);
        }
    }

    private static void compare(String what, Runnable one, Runnable other) {
        Runnable several = times(one);
        Runnable otherSeveral = times(other);
        print(what + ", by the clock", SideBySide.measure(ROUNDS, several, otherSeveral));
        print(what + ", processor", SideBySide.measureOnThreads(ROUNDS, several, otherSeveral));
    }

    private static Runnable times(Runnable request) {
        return () -> {
            for (int i = 0; i < REQUESTS; i++) {
                request.run();
            }
        };
    }

    private static void print(String what, SideBySide times) {
        System.out.printf(
                Locale.ROOT,
                "%-50s %6.1f µs beside %6.1f µs: %.3f times%n",
                what,
                times.other().toNanos() / 1_000.0 / REQUESTS,
                times.one().toNanos() / 1_000.0 / REQUESTS,
                times.ratio());
    }

    /** A prepared query for one row by its key, on a connection of its own. */
    static final class KeyLookup implements AutoCloseable {
        private final Connection connection;
        private final PreparedStatement query;

        KeyLookup(URI server, Properties login) throws SQLException {
            connection = DriverManager.getConnection("jdbc:icespar:" + server, login);
            query = connection.prepareStatement("SELECT a FROM t WHERE id = ?");
        }

        /** Runs the query to its last row. */
        void run() {
            try {
                query.setLong(1, 7);
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        rows.getString(1);
                    }
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }
}
