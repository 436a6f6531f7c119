package io.icespar.engine.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.security.identity.Identity;
import io.icespar.security.identity.Name;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.calcite.avatica.ConnectionPropertiesImpl;
import org.apache.calcite.avatica.Meta.ConnectionHandle;
import org.apache.calcite.avatica.Meta.StatementHandle;
import org.apache.calcite.avatica.NoSuchStatementException;
import org.apache.calcite.avatica.QueryState;
import org.apache.calcite.avatica.remote.LocalProtobufService;
import org.apache.calcite.avatica.remote.LocalService;
import org.apache.calcite.avatica.remote.MetaDataOperation;
import org.apache.calcite.avatica.remote.ProtobufTranslationImpl;
import org.apache.calcite.avatica.remote.Service;
import org.apache.calcite.avatica.remote.Service.Request;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Another user's connections and statements do not exist, whatever is asked of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OwnershipTest {
    private static final String ALICES = "11111111-1111-1111-1111-111111111111";
    private static final Pattern NAME = Pattern.compile("value=\"(\\w+)\"");
    private static final String NOBODYS = "99999999-9999-9999-9999-999999999999";

    private final SmallShop shop;
    private Connections connections = new Connections(Connections.Limits.DEFAULT);

    OwnershipTest(@TempDir Path folder) throws IOException {
        shop = SmallShop.open(folder);
    }

    @AfterAll
    void closeShop() {
        shop.close();
    }

    /** Alice has a connection with a statement, number 0, of whose rows one has been fetched. */
    @BeforeEach
    void openAlices() throws Exception {
        connections = new Connections(Connections.Limits.DEFAULT);
        var alice = meta(SmallShop.ALICE);
        alice.openConnection(new ConnectionHandle(ALICES), Map.of());
        var statement = alice.prepare(new ConnectionHandle(ALICES), "SELECT \"n\" FROM \"Numbers\" ORDER BY 1", -1);
        assertEquals(0, statement.id);
        assertFalse(alice.execute(statement, List.of(), 1).resultSets.get(0).firstFrame.done);
    }

    @AfterEach
    void closeAlices() {
        connections.close();
    }

    private IcesparMeta meta(Name user) {
        return new IcesparMeta(shop.engine(), connections, Identity.local(user), Times.MILLISECONDS);
    }

    /** Requests that need no connection: to open one, and to close what may be closed already. */
    private static final Set<Class<?>> HARMLESS = Set.of(
            Service.OpenConnectionRequest.class,
            Service.CloseConnectionRequest.class,
            Service.CloseStatementRequest.class);

    static Stream<Class<?>> kindsOfRequest() {
        return Arrays.stream(Service.class.getDeclaredClasses())
                .filter(Request.class::isAssignableFrom)
                .filter(kind -> !Modifier.isAbstract(kind.getModifiers()));
    }

    @Test
    void thereAreRequestsToTry() {
        assertTrue(kindsOfRequest().count() >= 20);
    }

    @ParameterizedTest
    @MethodSource("kindsOfRequest")
    void anotherUsersIdAndOneThatIsNotThereAreAnsweredAlike(Class<?> kind) throws Exception {
        var nobodys = outcome(SmallShop.BOB, request(kind, NOBODYS));
        var alices = outcome(SmallShop.BOB, request(kind, ALICES));
        assertEquals(nobodys.replace(NOBODYS, "ID"), alices.replace(ALICES, "ID"));
        if (!HARMLESS.contains(kind)) {
            assertTrue(alices.contains("NO_CONNECTION"), alices);
        }
        // What is Alice's is as it was.
        var frame = meta(SmallShop.ALICE).fetch(new StatementHandle(ALICES, 0, null), 1, 2);
        assertEquals(1, frame.offset);
        assertEquals(1, connections.count(Identity.local(SmallShop.ALICE)));
    }

    @ParameterizedTest
    @MethodSource("kindsOfRequest")
    void anAdministratorHasNoOthersConnectionsEither(Class<?> kind) throws Exception {
        var alices = outcome(SmallShop.ADMIN, request(kind, ALICES));
        assertEquals(
                outcome(SmallShop.ADMIN, request(kind, NOBODYS)).replace(NOBODYS, "ID"), alices.replace(ALICES, "ID"));
    }

    @Test
    void theOwnerIsAnsweredOtherwise() throws Exception {
        for (var kind : List.of(Service.FetchRequest.class, Service.TablesRequest.class)) {
            assertNotEquals(
                    outcome(SmallShop.BOB, request(kind, ALICES)), outcome(SmallShop.ALICE, request(kind, ALICES)));
        }
    }

    @Test
    void aStatementOfAnotherConnectionOfOnesOwnIsNotThereEither() throws Exception {
        var bob = meta(SmallShop.BOB);
        bob.openConnection(new ConnectionHandle(NOBODYS), Map.of());
        assertThrows(NoSuchStatementException.class, () -> bob.fetch(new StatementHandle(NOBODYS, 0, null), 0, 1));
    }

    /** What a user gets for a request: the response as it is sent, or the error. */
    private String outcome(Name user, Request request) throws IOException {
        var server = new LocalProtobufService(new LocalService(meta(user)), new ProtobufTranslationImpl());
        try {
            var response = new ProtobufTranslationImpl().serializeResponse(server._apply(request));
            return new String(response, StandardCharsets.ISO_8859_1);
        } catch (RuntimeException e) {
            return CallerError.of(e).toString();
        }
    }

    private static Request request(Class<?> kind, String connectionId) throws ReflectiveOperationException {
        Constructor<?> constructor = Arrays.stream(kind.getDeclaredConstructors())
                .filter(candidate -> Modifier.isPublic(candidate.getModifiers()))
                .filter(candidate -> Arrays.stream(candidate.getParameters())
                        .allMatch(parameter -> name(parameter).isPresent()))
                .max(Comparator.comparingInt(Constructor::getParameterCount))
                .orElseThrow(() -> new AssertionError("no way to make a " + kind));
        Object[] arguments = Arrays.stream(constructor.getParameters())
                .map(parameter -> argument(parameter, connectionId))
                .toArray();
        return (Request) constructor.newInstance(arguments);
    }

    /** The name that Avatica gives a parameter for Jackson, which is not on the tests' own class path. */
    private static Optional<String> name(Parameter parameter) {
        return Arrays.stream(parameter.getAnnotations())
                .map(Annotation::toString)
                .filter(text -> text.contains(".JsonProperty("))
                .map(text ->
                        NAME.matcher(text).results().findFirst().orElseThrow().group(1))
                .findFirst();
    }

    private static Object argument(Parameter parameter, String connectionId) {
        var name = name(parameter).orElseThrow();
        var type = parameter.getType();
        if (type == String.class) {
            return switch (name) {
                case "connectionId" -> connectionId;
                case "sql" -> "SELECT \"n\" FROM \"Numbers\"";
                default -> "%";
            };
        }
        if (type == int.class) {
            return name.equals("statementId") ? 0 : 10;
        }
        if (type == long.class) {
            return name.equals("offset") ? 1L : -1L;
        }
        if (type == List.class) {
            return List.of();
        }
        if (type == Map.class) {
            return Map.of();
        }
        if (type == StatementHandle.class) {
            return new StatementHandle(connectionId, 0, null);
        }
        if (type == QueryState.class) {
            return new QueryState(MetaDataOperation.GET_CATALOGS);
        }
        if (type.isAssignableFrom(ConnectionPropertiesImpl.class)) {
            return new ConnectionPropertiesImpl().setSchema("retail");
        }
        throw new AssertionError("no value for " + parameter + ", which is new to this test");
    }
}
