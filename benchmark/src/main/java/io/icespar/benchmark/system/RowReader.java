package io.icespar.benchmark.system;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A client in a process of its own, with little memory, that reads the answer to one query and tells what it took. */
public final class RowReader {
    private static final Pattern PEAK = Pattern.compile("peak (\\d+)");

    private RowReader() {}

    /**
     * The client.
     *
     * @param arguments the URL, user and password; the query; and the fetch size
     */
    public static void main(String[] arguments) throws IOException, SQLException {
        try (Connection connection = DriverManager.getConnection(arguments[0], arguments[1], arguments[2]);
                Statement statement = connection.createStatement()) {
            statement.setFetchSize(Integer.parseInt(arguments[4]));
            new Asking(statement).ask(arguments[3]);
        }
        System.out.println(
                "peak " + ProcessMemory.peakKilobytes(ProcessHandle.current().pid()));
    }

    /** How much memory the client takes at most, in kilobytes. */
    public static long peakKilobytes(String url, String user, String query, int fetchSize) throws IOException {
        try (TemporaryFolder folder = TemporaryFolder.make();
                Child client = Child.start(
                        folder.path().resolve("client.log"),
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Xmx96m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                RowReader.class.getName(),
                                url,
                                user,
                                IcesparServer.PASSWORD,
                                query,
                                String.valueOf(fetchSize)),
                        Map.of())) {
            return Long.parseLong(client.await(PEAK));
        }
    }
}
