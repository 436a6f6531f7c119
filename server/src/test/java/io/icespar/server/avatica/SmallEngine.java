package io.icespar.server.avatica;

import io.icespar.engine.Engine;
import io.icespar.engine.config.EngineSettings;
import io.icespar.engine.jdbc.CallerError;
import io.icespar.engine.jdbc.Connections;
import io.icespar.engine.jdbc.IcesparMeta;
import io.icespar.engine.jdbc.Times;
import io.icespar.security.identity.Identity;
import io.icespar.security.identity.Name;
import io.icespar.server.http.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/** A table of two rows, and what a user without further rights is answered who asks for it over a wire. */
final class SmallEngine implements AutoCloseable {
    private static final ErrorTranslator ERRORS =
            failure -> CallerError.of(failure).toErrorResponse();

    private final Engine engine;
    private final Connections connections = new Connections(Connections.Limits.DEFAULT);
    private final Wire wire;

    SmallEngine(Path folder, Function<ErrorTranslator, Wire> wire) throws IOException {
        Path catalog = Files.createDirectories(folder.resolve("catalog"));
        Files.writeString(catalog.resolve("t.csv"), "id,a\n1,x\n2,y\n");
        Files.writeString(catalog.resolve("kinds.csv"), """
                k,i,b,f,d,s,day,t,ts
                1,-7,true,0.5,12.30,word,1969-12-31,23:59:58.123,1969-12-31 23:59:59.123
                2,,,,,,,,
                """);
        Files.writeString(catalog.resolve("s.yaml"), """
                schema: s
                backend: duckdb
                tables:
                  t: {file: t.csv, key: id, columns: {id: BIGINT}}
                  kinds:
                    file: kinds.csv
                    columns: {k: bigint not null, i: integer, f: double, d: "decimal(10, 2)", t: time}
                """);
        Files.writeString(
                folder.resolve("bootstrap.sql"),
                "CREATE USER admin; GRANT ROLE_ADMIN TO USER admin; CREATE USER u; GRANT ROLE_USER TO USER u;\n");
        engine = Engine.open(
                EngineSettings.read(
                        Files.writeString(
                                folder.resolve("icespar.yaml"),
                                "catalog: catalog\ndata: data\ndatabase: memory\nsecurity: {store: memory, bootstrap: bootstrap.sql}\n")));
        this.wire = wire.apply(ERRORS);
    }

    /** What the user is answered. */
    Reply answer(byte[] request) {
        var meta = new IcesparMeta(engine, connections, Identity.local(Name.of("u")), Times.MILLISECONDS);
        return wire.answer(new CompleteRequests(meta), request);
    }

    static String text(Reply reply) {
        return StandardCharsets.UTF_8.decode(reply.body().slice()).toString();
    }

    @Override
    public void close() {
        try (engine) {
            connections.close();
        }
    }
}
