package io.icespar.server.avatica;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.Message;
import io.icespar.server.http.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.calcite.avatica.proto.Common;
import org.apache.calcite.avatica.proto.Requests;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is sent as requests of JDBC in protocol buffers, each is answered, and no answer tells of a fault of ours. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProtobufWireFuzzTest {
    private static final Message OPEN =
            Requests.OpenConnectionRequest.newBuilder().setConnectionId("c").build();

    private final SmallEngine engine;

    ProtobufWireFuzzTest(@TempDir Path folder) throws IOException {
        engine = new SmallEngine(folder, errors -> ProtobufWire.whole(errors, "application/x-google-protobuf"));
    }

    @AfterAll
    void close() {
        engine.close();
    }

    /** Requests, each after its length. */
    static Stream<byte[]> inputs() {
        var prepare = Requests.PrepareRequest.newBuilder()
                .setConnectionId("c")
                .setSql("SELECT * FROM t WHERE id = ?")
                .setMaxRowsTotal(-1);
        var value = Common.TypedValue.newBuilder().setType(Common.Rep.LONG).setNumberValue(1);
        var execute = Requests.ExecuteRequest.newBuilder()
                .setStatementHandle(
                        Common.StatementHandle.newBuilder().setConnectionId("c").setId(0))
                .setHasParameterValues(true)
                .setFirstFrameMaxSize(1);
        return Stream.of(
                new byte[0],
                new byte[] {0, 3, 1, 2, 3},
                requests(OPEN, Requests.ExecuteRequest.getDefaultInstance()),
                requests(
                        OPEN,
                        Requests.ConnectionSyncRequest.newBuilder()
                                .setConnectionId("c")
                                .build()),
                requests(
                        OPEN,
                        prepare.build(),
                        execute.clone().addParameterValues(value).build()),
                requests(
                        OPEN,
                        prepare.build(),
                        execute.clone()
                                .addParameterValues(value.clone().setType(Common.Rep.ARRAY))
                                .build()),
                requests(
                        OPEN,
                        prepare.build(),
                        execute.clone()
                                .addParameterValues(value.clone().setType(Common.Rep.BIG_DECIMAL))
                                .build()),
                requests(
                        OPEN,
                        Requests.CreateStatementRequest.newBuilder()
                                .setConnectionId("c")
                                .build(),
                        Requests.PrepareAndExecuteRequest.newBuilder()
                                .setConnectionId("c")
                                .setSql("VALUES (1, 'a', NULL)")
                                .build(),
                        Requests.FetchRequest.newBuilder()
                                .setConnectionId("c")
                                .setOffset(-1)
                                .setFrameMaxSize(-1)
                                .build()),
                requests(
                        OPEN,
                        Requests.TablesRequest.newBuilder()
                                .setConnectionId("c")
                                .setSchemaPattern("%")
                                .setTableNamePattern("_\\")
                                .addTypeList("TABLE")
                                .build()),
                requests(
                        OPEN,
                        Requests.ConnectionSyncRequest.newBuilder()
                                .setConnectionId("c")
                                .setConnProps(Common.ConnectionProperties.newBuilder()
                                        .setIsDirty(true)
                                        .setSchema("s")
                                        .setTransactionIsolation(9))
                                .build()));
    }

    private static byte[] requests(Message... requests) {
        var bytes = new ByteArrayOutputStream();
        for (Message request : requests) {
            byte[] wire = wire(request);
            bytes.write(wire.length >> 8);
            bytes.write(wire.length);
            bytes.writeBytes(wire);
        }
        return bytes.toByteArray();
    }

    private static byte[] wire(Message request) {
        return Common.WireMessage.newBuilder()
                .setName(request.getClass().getName())
                .setWrappedMessage(request.toByteString())
                .build()
                .toByteArray();
    }

    @MethodSource("inputs")
    @FuzzTest
    void everyRequestIsAnswered(byte[] input) {
        var left = ByteBuffer.wrap(input);
        while (left.remaining() > 1) {
            var request = new byte[Math.min(Short.toUnsignedInt(left.getShort()), left.remaining())];
            left.get(request);
            Reply reply = engine.answer(request);
            assertTrue(Set.of(200, 400, 500).contains(reply.status()));
            assertFalse(SmallEngine.text(reply).contains("internal error ["), SmallEngine.text(reply));
        }
        engine.answer(wire(Requests.CloseConnectionRequest.newBuilder()
                .setConnectionId("c")
                .build()));
    }
}
