package io.icespar.server.avatica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.apache.calcite.avatica.jdbc.JdbcMeta;
import org.apache.calcite.avatica.metrics.noop.NoopMetricsSystem;
import org.apache.calcite.avatica.proto.Common.WireMessage;
import org.apache.calcite.avatica.proto.Responses;
import org.apache.calcite.avatica.remote.JsonHandler;
import org.apache.calcite.avatica.remote.JsonService;
import org.apache.calcite.avatica.remote.LocalService;
import org.apache.calcite.avatica.remote.ProtobufHandler;
import org.apache.calcite.avatica.remote.ProtobufTranslationImpl;
import org.apache.calcite.avatica.remote.Service;
import org.apache.calcite.avatica.remote.Service.PrepareResponse;
import org.apache.calcite.avatica.remote.Service.RpcMetadataResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What we answer has the shape of what Avatica's own server answers, over a database with the same tables, to the
 * requests of {@code requests.txt}; but for differences that are wanted.
 */
class StockServerTest {
    private static final String DATABASE = "jdbc:h2:mem:stock;DATABASE_TO_UPPER=FALSE";
    private static final List<String> TABLES = List.of(
            "CREATE SCHEMA \"s\"",
            "CREATE TABLE \"s\".\"t\"(\"id\" BIGINT PRIMARY KEY, \"a\" VARCHAR)",
            "INSERT INTO \"s\".\"t\" VALUES (1, 'x'), (2, 'y')",
            "CREATE TABLE \"s\".\"kinds\"(\"k\" BIGINT NOT NULL, \"i\" INTEGER, \"b\" BOOLEAN, \"f\" DOUBLE PRECISION,"
                    + " \"d\" DECIMAL(10, 2), \"s\" VARCHAR, \"day\" DATE, \"t\" TIME(3), \"ts\" TIMESTAMP(3))",
            "INSERT INTO \"s\".\"kinds\" VALUES (1, -7, TRUE, 0.5, 12.30, 'word', DATE '1969-12-31',"
                    + " TIME '23:59:58.123', TIMESTAMP '1969-12-31 23:59:59.123'),"
                    + " (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)");

    /**
     * Which differences are wanted, and why. Each is a pattern for the name of a request, the path of a field of the
     * reply, what it is in Avatica's server, and what it is here.
     */
    private static final Map<String, String> WANTED = Map.ofEntries(
            Map.entry(".*[mM]etadata\\b.*", "at which address the server runs need not be told"),
            Map.entry(
                    "execute prepared .*\\.signature\\.(parameters|sql).*",
                    "who executes a prepared statement was told by the reply to the request before"),
            Map.entry("execute without values .*", "an execution brings all values: none is left from the one before"),
            Map.entry("sync .*\\.catalog .*", "there are no catalogs"),
            Map.entry(".*\\.columns\\[]\\.catalogName .*", "there are no catalogs"),
            Map.entry("schemas .*\\[null, string]|schemas .*\\.null \\[] \\[boolean]", "there are no catalogs"),
            Map.entry("catalogs \\.firstFrame\\.rows.*", "there are no catalogs"),
            Map.entry("sync .*\\.readOnly .* \\[true]", "a connection only reads"),
            Map.entry(".*\\.columns\\[]\\.(readOnly|writable) .*", "a connection only reads"),
            Map.entry("batch .*", "a connection only reads, and batches are refused"),
            Map.entry("properties .*GET_DRIVER_.*", "there is no driver beneath, and the client's says what it is"),
            Map.entry(".*\\.ownStatement \\[true] \\[(false)?]", "a statement outlives its rows"),
            Map.entry(
                    ".*\\.rep \\[.*PRIMITIVE_.*] \\[.*]",
                    "a value may be missing, which one of a primitive type cannot be; clients read both alike"),
            Map.entry("other kinds .*\\.component\\.rep .*", "the elements of an array carry their own types"),
            Map.entry(".*\\.signature\\.(sql|statementType) \\[null] .*", "it is known, so it is told"),
            Map.entry("fetch \\.frame\\.done .* \\[true]", "that no rows are left is known, and spares a request"),
            Map.entry(
                    "other kinds .*\\.label .*",
                    "how a column is called that has no name, is for each database to say"),
            Map.entry(".*\\.precision \\[number] \\[]", "texts have no maximum length"),
            Map.entry(".*\\.exceptions(\\[])? .*", "no stack traces go out"),
            Map.entry(".*\\.errorCode \\[-1(\\.0)?] .*", "the SQLSTATE says what kind of error it is"),
            Map.entry(".*\\.severity .* \\[ERROR(_SEVERITY)?]", "it is known how bad it is"),
            Map.entry(".*unknown connection \\.errorMessage .* \\[string]", "each error has a text"));

    /** The two forms of the protocol. */
    private enum Form {
        JSON {
            @Override
            Wire ours(ErrorTranslator errors) {
                return new JsonWire(errors, "json");
            }

            @Override
            byte[] askStock(Service service, byte[] request) {
                return new JsonHandler(service, NoopMetricsSystem.getInstance())
                        .apply(new String(request, StandardCharsets.UTF_8))
                        .getResponse()
                        .getBytes(StandardCharsets.UTF_8);
            }

            @Override
            byte[] request(String json) {
                return json.getBytes(StandardCharsets.UTF_8);
            }

            @Override
            Reply read(byte[] reply) throws IOException {
                JsonNode node = JsonService.MAPPER.readTree(reply);
                return new Reply(
                        ReplyShape.of(node),
                        node.path("response").asText().equals("createStatement")
                                ? node.get("statementId").asText()
                                : "",
                        node.has("statement") ? node.get("statement").toString() : "");
            }
        },
        PROTOBUF {
            @Override
            Wire ours(ErrorTranslator errors) {
                return ProtobufWire.whole(errors, "protobuf");
            }

            @Override
            byte[] askStock(Service service, byte[] request) {
                return new ProtobufHandler(service, new ProtobufTranslationImpl(), NoopMetricsSystem.getInstance())
                        .apply(request)
                        .getResponse();
            }

            @Override
            byte[] request(String json) throws IOException {
                return new ProtobufTranslationImpl()
                        .serializeRequest(JsonService.MAPPER.readValue(json, Service.Request.class));
            }

            @Override
            Reply read(byte[] reply) throws Exception {
                var wire = WireMessage.parseFrom(reply);
                var message = (Message) Class.forName(wire.getName())
                        .getMethod("parseFrom", byte[].class)
                        .invoke(null, (Object) wire.getWrappedMessage().toByteArray());
                var prepared = message instanceof Responses.PrepareResponse
                        ? JsonService.MAPPER.writeValueAsString(
                                ((PrepareResponse) new ProtobufTranslationImpl().parseResponse(reply)).statement)
                        : "";
                return new Reply(
                        ReplyShape.of(message),
                        message instanceof Responses.CreateStatementResponse created
                                ? String.valueOf(created.getStatementId())
                                : "",
                        prepared);
            }
        };

        abstract Wire ours(ErrorTranslator errors);

        abstract byte[] askStock(Service service, byte[] request);

        abstract byte[] request(String json) throws IOException;

        abstract Reply read(byte[] reply) throws Exception;
    }

    /** A reply, and the statement that it made or prepared, if any. */
    private record Reply(ReplyShape shape, String statement, String handle) {}

    @FunctionalInterface
    private interface Endpoint {
        byte[] ask(byte[] request);
    }

    @Test
    void aReplyHasTheShapeOfThatOfAvaticasServer(@TempDir Path folder) throws Exception {
        var differences = new TreeSet<String>();
        try (var database = DriverManager.getConnection(DATABASE, "u", "p");
                var statement = database.createStatement()) {
            for (var command : TABLES) {
                statement.execute(command);
            }
            for (var form : Form.values()) {
                var theirs = play(form, stock(form));
                assertTrue(theirs.size() > 30, () -> "only " + theirs.size() + " requests");
                try (var engine = new SmallEngine(folder.resolve(form.name()), form::ours)) {
                    play(form, request -> bytes(engine, request))
                            .forEach((name, shape) -> shape.differencesFrom(Objects.requireNonNull(theirs.get(name)))
                                    .forEach(difference -> differences.add(name + " " + difference)));
                }
            }
        }
        assertEquals(
                "",
                String.join(
                        "\n",
                        differences.stream()
                                .filter(difference -> WANTED.keySet().stream().noneMatch(difference::matches))
                                .toList()));
        assertEquals(
                List.of(),
                WANTED.keySet().stream()
                        .filter(wanted -> differences.stream().noneMatch(difference -> difference.matches(wanted)))
                        .toList(),
                "differences that are no more");
    }

    private static Endpoint stock(Form form) throws SQLException {
        var service = new LocalService(new JdbcMeta(DATABASE + ";SCHEMA=s", "u", "p"));
        service.setRpcMetadata(new RpcMetadataResponse("localhost:8765"));
        return request -> form.askStock(service, request);
    }

    private static byte[] bytes(SmallEngine engine, byte[] request) {
        var body = engine.answer(request).body().slice();
        var bytes = new byte[body.remaining()];
        body.get(bytes);
        return bytes;
    }

    /** The shapes of the replies to all requests, by their names. */
    private static Map<String, ReplyShape> play(Form form, Endpoint endpoint) throws Exception {
        var shapes = new LinkedHashMap<String, ReplyShape>();
        var statement = "";
        var handle = "";
        for (var line : requests()) {
            var named = line.split(": ", 2);
            var request = form.request(named[1].replace("$STATEMENT", statement).replace("$HANDLE", handle));
            var reply = form.read(endpoint.ask(request));
            shapes.put(named[0], reply.shape());
            statement = reply.statement().isEmpty() ? statement : reply.statement();
            handle = reply.handle().isEmpty() ? handle : reply.handle();
        }
        return shapes;
    }

    private static List<String> requests() throws IOException {
        try (var file = StockServerTest.class.getResourceAsStream("requests.txt")) {
            var lines = new ArrayList<>(new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList());
            lines.removeIf(line -> line.startsWith("#"));
            return lines;
        }
    }
}
