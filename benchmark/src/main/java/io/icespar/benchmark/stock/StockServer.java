package io.icespar.benchmark.stock;

import java.net.InetAddress;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.avatica.jdbc.JdbcMeta;
import org.apache.calcite.avatica.remote.Driver;
import org.apache.calcite.avatica.remote.LocalService;
import org.apache.calcite.avatica.server.HttpServer;
import org.apache.calcite.avatica.server.ServerCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * {@code JdbcMeta} behind Avatica's server. It is what Avatica's standalone server is, but listens on this machine alone:
 * that one lets every machine run any SQL.
 */
public final class StockServer {
    private StockServer() {}

    /**
     * Serves until it is ended; says at which port.
     *
     * @param arguments the URL of the database
     */
    public static void main(String[] arguments) throws SQLException, InterruptedException {
        ServerCustomizer<Server> onThisMachine = server -> Arrays.stream(server.getConnectors())
                .map(ServerConnector.class::cast)
                .forEach(connector ->
                        connector.setHost(InetAddress.getLoopbackAddress().getHostAddress()));
        HttpServer server = HttpServer.Builder.<Server>newBuilder()
                .withPort(0)
                .withHandler(new LocalService(new JdbcMeta(arguments[0])), Driver.Serialization.PROTOBUF)
                .withServerCustomizers(List.of(onThisMachine), Server.class)
                .build();
        server.start();
        System.out.println("serves at port " + server.getPort() + ".");
        server.join();
    }
}
