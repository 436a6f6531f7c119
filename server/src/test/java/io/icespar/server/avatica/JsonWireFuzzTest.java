package io.icespar.server.avatica;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.icespar.server.http.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is sent as requests of JDBC in JSON, each is answered, and no answer tells of a fault of ours. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JsonWireFuzzTest {
    private final SmallEngine engine;

    JsonWireFuzzTest(@TempDir Path folder) throws IOException {
        engine = new SmallEngine(folder, errors -> new JsonWire(errors, "application/json"));
    }

    @AfterAll
    void close() {
        engine.close();
    }

    /** A request on each line. */
    static Stream<byte[]> inputs() {
        String open = "{\"request\":\"openConnection\",\"connectionId\":\"c\",\"info\":{}}\n";
        String prepare = "{\"request\":\"prepare\",\"connectionId\":\"c\",\"sql\":\"SELECT * FROM t WHERE id = ?\","
                + "\"maxRowCount\":-1}\n";
        String execute = "{\"request\":\"execute\",\"statementHandle\":{\"connectionId\":\"c\",\"id\":0},"
                + "\"parameterValues\":[{\"type\":\"LONG\",\"value\":1}],\"maxRowCount\":1}\n";
        return Stream.of(
                        open + prepare + execute,
                        open + prepare + execute.replace("\"LONG\",\"value\":1", "\"STRING\",\"value\":[1]"),
                        open + prepare + execute.replace("\"LONG\",\"value\":1", "\"ARRAY\",\"value\":null"),
                        open
                                + "{\"request\":\"createStatement\",\"connectionId\":\"c\"}\n"
                                + "{\"request\":\"prepareAndExecute\",\"connectionId\":\"c\",\"statementId\":0,"
                                + "\"sql\":\"VALUES (1, 'a', NULL)\",\"maxRowsTotal\":-1,\"maxRowCount\":-1}\n"
                                + "{\"request\":\"fetch\",\"connectionId\":\"c\",\"statementId\":0,\"offset\":-1,"
                                + "\"fetchMaxRowCount\":-1}\n",
                        open
                                + "{\"request\":\"connectionSync\",\"connectionId\":\"c\",\"connProps\":{\"connProps\":"
                                + "\"connPropsImpl\",\"autoCommit\":true,\"readOnly\":true,\"transactionIsolation\":9,"
                                + "\"schema\":\"s\",\"catalog\":\"\",\"dirty\":true}}\n",
                        open + "{\"request\":\"prepareAndExecuteBatch\",\"connectionId\":\"c\",\"statementId\":0,"
                                + "\"sqlCommands\":[\"x\",null]}\n",
                        "{\"request\":\"getTables\",\"connectionId\":null,\"catalog\":\"\",\"schemaPattern\":\"%\","
                                + "\"tableNamePattern\":\"_\\\\\",\"typeList\":[\"TABLE\",null]}\n",
                        open
                                + "{\"request\":\"getColumns\",\"connectionId\":\"c\",\"columnNamePattern\":\"%\"}\n"
                                + "{\"request\":\"databaseProperties\",\"connectionId\":\"c\"}\n"
                                + "{\"request\":\"closeConnection\",\"connectionId\":\"c\"}",
                        "{\"request\":\"execute\",\"parameterValues\":[{\"type\":\"java.io.File\",\"value\":\"x\"}]}",
                        "{\"request\":[\"execute\"]}",
                        "{\"request\":\"execute\",\"statementHandle\":null}",
                        open + "{\"request\":\"connectionSync\",\"connectionId\":\"c\"}",
                        open + "{\"request\":\"prepare\",\"connectionId\":\"c\",\"sql\":null}",
                        open
                                + "{\"request\":\"createStatement\",\"connectionId\":\"c\"}\n"
                                + "{\"request\":\"prepareAndExecute\",\"connectionId\":\"c\",\"statementId\":0}\n"
                                + "{\"request\":\"prepareAndExecuteBatch\",\"connectionId\":\"c\",\"statementId\":0}\n"
                                + "{\"request\":\"executeBatch\",\"connectionId\":\"c\",\"statementId\":0}\n"
                                + "{\"request\":\"syncResults\",\"connectionId\":\"c\",\"statementId\":0}\n"
                                + "{\"request\":\"closeStatement\",\"statementId\":0}\n"
                                + "{\"request\":\"openConnection\"}",
                        "{\"a\":".repeat(20_000),
                        "null",
                        "")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("inputs")
    @FuzzTest
    void everyRequestIsAnswered(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        text.lines().map(line -> line.getBytes(StandardCharsets.UTF_8)).forEach(request -> {
            Reply reply = engine.answer(request);
            assertTrue(Set.of(200, 400, 500).contains(reply.status()));
            assertFalse(SmallEngine.text(reply).contains("internal error ["), SmallEngine.text(reply));
        });
        engine.answer("{\"request\":\"closeConnection\",\"connectionId\":\"c\"}".getBytes(StandardCharsets.UTF_8));
    }
}
