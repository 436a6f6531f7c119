package io.icespar.jdbc;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.apache.calcite.avatica.AvaticaParameter;
import org.apache.calcite.avatica.AvaticaSeverity;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.ColumnMetaData.Rep;
import org.apache.calcite.avatica.Meta.CursorFactory;
import org.apache.calcite.avatica.Meta.Frame;
import org.apache.calcite.avatica.Meta.Signature;
import org.apache.calcite.avatica.Meta.StatementHandle;
import org.apache.calcite.avatica.Meta.StatementType;
import org.apache.calcite.avatica.MetaImpl;
import org.apache.calcite.avatica.remote.ProtobufTranslationImpl;
import org.apache.calcite.avatica.remote.Service;
import org.apache.calcite.avatica.remote.Service.Request;
import org.apache.calcite.avatica.remote.Service.Response;

/** A server that answers each kind of Avatica's requests as a test says, and remembers what it was asked. */
final class FakeServer implements AutoCloseable {
    static final int ROWS = 25;

    private final HttpServer http;
    private final ProtobufTranslationImpl translation = new ProtobufTranslationImpl();
    private final Map<Class<?>, Function<Request, Response>> answers = new ConcurrentHashMap<>();
    private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());
    private final List<String> authorizations = Collections.synchronizedList(new ArrayList<>());

    private volatile Predicate<String> accepted = authorization -> true;

    private final ExecutorService workers = Executors.newCachedThreadPool();

    private FakeServer(HttpServer http) {
        this.http = http;
    }

    /** A server that opens and closes connections and statements, of which each is number 1. */
    static FakeServer start() throws IOException {
        var server = new FakeServer(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        server.http.createContext("/avatica", server::answer);
        server.http.setExecutor(server.workers);
        server.http.start();
        return server.on(Service.OpenConnectionRequest.class, request -> new Service.OpenConnectionResponse(null))
                .on(Service.CloseConnectionRequest.class, request -> new Service.CloseConnectionResponse(null))
                .on(
                        Service.CreateStatementRequest.class,
                        request -> new Service.CreateStatementResponse(request.connectionId, 1, null))
                .on(Service.CloseStatementRequest.class, request -> new Service.CloseStatementResponse(null));
    }

    /** A server that answers every request alike, with an HTTP status of its own. */
    static FakeServer answering(int status, Map<String, String> headers, String body) throws IOException {
        var server = new FakeServer(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        server.http.createContext("/", exchange -> {
            server.authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
            headers.forEach(exchange.getResponseHeaders()::set);
            send(exchange, status, body.getBytes(StandardCharsets.UTF_8));
        });
        server.http.start();
        return server;
    }

    <R extends Request> FakeServer on(Class<R> kind, Function<R, Response> answer) {
        answers.put(kind, request -> answer.apply(kind.cast(request)));
        return this;
    }

    /** The server names a provider, and a client for drivers. */
    FakeServer namingProvider(String issuer) {
        var metadata = "{\"resource\": \"" + address() + "\", \"authorization_servers\": [\"" + issuer
                + "\"], \"scopes_supported\": [\"openid\", \"roles\"], \"bearer_methods_supported\": [\"header\"],"
                + " \"icespar_client_id\": \"the-driver\"}";
        return withMetadata(metadata);
    }

    /** Tells who is logged in. */
    FakeServer knowing(String user) {
        http.createContext("/whoami", exchange -> {
            authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
            var answer = "{\"name\": \"" + user + "\", \"roles\": [\"ROLE_USER\"]}";
            send(exchange, 200, answer.getBytes(StandardCharsets.UTF_8));
        });
        return this;
    }

    FakeServer withMetadata(String metadata) {
        http.createContext(
                "/.well-known/oauth-protected-resource",
                exchange -> send(exchange, 200, metadata.getBytes(StandardCharsets.UTF_8)));
        return this;
    }

    /** Requests with another login than such are refused with 401. */
    FakeServer accepting(Predicate<String> authorization) {
        accepted = authorization;
        return this;
    }

    /** Every statement gives the numbers from 0 to 24, each in its row; a prepared one is number 2. */
    FakeServer givingNumbers() {
        return on(Service.PrepareAndExecuteRequest.class, request -> rows(request.maxRowsInFirstFrame))
                .on(
                        Service.PrepareRequest.class,
                        request -> new Service.PrepareResponse(
                                new StatementHandle(request.connectionId, 2, signature(request.sql)), null))
                .on(Service.ExecuteRequest.class, request -> rows(request.maxRowCount))
                .on(
                        Service.FetchRequest.class,
                        request -> new Service.FetchResponse(
                                frame(request.offset, request.fetchMaxRowCount), false, false, null));
    }

    static Service.ExecuteResponse rows(int size) {
        return new Service.ExecuteResponse(
                List.of(new Service.ResultSetResponse("c", 1, false, signature(""), frame(0, size), -1, null)),
                false,
                null);
    }

    private static Frame frame(long offset, int size) {
        var end = size <= 0 ? ROWS : Math.min(ROWS, offset + size);
        var rows = new ArrayList<Object>();
        LongStream.range(offset, end).forEach(n -> rows.add(List.of(n)));
        return new Frame(offset, end == ROWS, rows);
    }

    static Signature signature(String sql) {
        var type = ColumnMetaData.scalar(Types.BIGINT, "BIGINT", Rep.LONG);
        var parameters = sql.contains("?")
                ? List.of(new AvaticaParameter(true, 0, 0, Types.BIGINT, "BIGINT", "java.lang.Long", "?1"))
                : List.<AvaticaParameter>of();
        return new Signature(
                List.of(MetaImpl.columnMetaData("n", 0, type, false)),
                sql,
                parameters,
                Collections.emptyMap(),
                CursorFactory.LIST,
                StatementType.SELECT);
    }

    static Response error(String text, String sqlState) {
        return new Service.ErrorResponse(List.of(), text, 0, sqlState, AvaticaSeverity.ERROR, null);
    }

    private void answer(HttpExchange exchange) throws IOException {
        var authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        authorizations.add(authorization);
        if (!accepted.test(authorization)) {
            exchange.getRequestBody().readAllBytes();
            send(exchange, 401, new byte[0]);
            return;
        }
        var request = translation.parseRequest(exchange.getRequestBody().readAllBytes());
        requests.add(request);
        var answer = answers.get(request.getClass());
        var response = answer == null ? error("no answer to " + request, "XX000") : answer.apply(request);
        send(exchange, response instanceof Service.ErrorResponse ? 500 : 200, translation.serializeResponse(response));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** The server's scheme, host and port. */
    String address() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    String url() {
        return "jdbc:icespar:" + address();
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), "french-user", "changeit");
    }

    <R extends Request> List<R> requests(Class<R> kind) {
        var found = new ArrayList<R>();
        synchronized (requests) {
            requests.stream().filter(kind::isInstance).map(kind::cast).forEach(found::add);
        }
        return found;
    }

    List<String> authorizations() {
        return authorizations;
    }

    @Override
    public void close() {
        http.stop(0);
        workers.shutdownNow();
    }
}
