package io.icespar.engine.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.icespar.engine.Answer;
import io.icespar.engine.Engine;
import io.icespar.engine.EngineSeam;
import io.icespar.engine.Session;
import io.icespar.engine.catalog.Catalog;
import io.icespar.engine.config.EngineSettings;
import io.icespar.engine.model.Step.Administer;
import io.icespar.engine.model.Step.Ask;
import io.icespar.engine.model.Step.SetLeast;
import io.icespar.engine.model.Step.Way;
import io.icespar.engine.run.RowStream;
import io.icespar.engine.secure.Securing;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Name;
import io.icespar.security.privilege.DefaultAccess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An engine and the model of it, which every step finds in agreement. */
final class World implements AutoCloseable {
    private record Prepared(String user, Question question) {}

    private final Engine engine;
    private final Model model = new Model();
    private final Session administrator;
    private final Map<String, Session> sessions = new HashMap<>();
    private final Map<Prepared, Session.Prepared> prepared = new HashMap<>();

    World(Path settings, BiFunction<Catalog, DefaultAccess, Securing> securing) {
        engine = EngineSeam.open(EngineSettings.read(settings), securing);
        administrator = engine.session(Name.of("admin"));
        for (String user : List.of("ann", "ben", "cid")) {
            sessions.put(user, engine.session(Name.of(user)));
        }
    }

    private Session session(String user) {
        return sessions.getOrDefault(user, administrator);
    }

    /** Takes the step in the engine and in the model; what becomes of it must be the same. */
    void take(Step step) {
        if (step instanceof Administer command) {
            String state = sqlState(administrator, command.sql());
            assertNotEquals(ErrorCode.INTERNAL.sqlState(), state, command.sql());
            assertEquals(command.inModel().test(model), state.isEmpty(), command + " was refused: " + state);
        } else if (step instanceof SetLeast set) {
            boolean isDone = sqlState(session(set.user()), set.sql()).isEmpty();
            assertEquals(model.mayEnter(set.user()), isDone, set.sql());
            if (isDone) {
                set.least()
                        .ifPresentOrElse(
                                least -> model.setLeast(set.user(), set.isGlobal(), least),
                                () -> model.resetLeast(set.user(), set.isGlobal()));
            }
        } else if (step instanceof Ask ask) {
            ask(ask);
        }
    }

    private void ask(Ask ask) {
        boolean ofOwnConnection = ask.way() != Way.THROUGH_ANOTHERS_EYES;
        List<String> expected = ask.question().answer(model, ask.user(), model.least(ask.user(), ofOwnConnection));
        List<String> actual;
        try {
            actual = switch (ask.way()) {
                case ANEW -> rows(session(ask.user()).query(ask.question().sql()));
                case PREPARED -> rows(executed(ask));
                case THROUGH_ANOTHERS_EYES -> through(ask);
            };
        } catch (IcesparException e) {
            actual = List.of(e.code().sqlState());
        }
        assertEquals(expected, actual, ask.toString());
    }

    private Answer executed(Ask ask) {
        Session session = session(ask.user());
        Prepared key = new Prepared(ask.user(), ask.question());
        Session.Prepared statement = prepared.get(key);
        if (statement == null) {
            statement = session.prepare(ask.question().sql());
            prepared.put(key, statement);
        }
        return session.execute(statement, List.of(), 0);
    }

    private List<String> through(Ask ask) {
        Session session = engine.session(Name.of("admin"));
        session.query("SET SESSION AUTHORIZATION '" + ask.user() + "'");
        return rows(session.query(ask.question().sql()));
    }

    private static List<String> rows(Answer answer) {
        List<String> rows = new ArrayList<>();
        try (RowStream stream = ((Answer.Rows) answer).stream()) {
            for (@Nullable Object[] row = stream.next(); row != null; row = stream.next()) {
                rows.add(Arrays.stream(row).map(String::valueOf).collect(Collectors.joining(",")));
            }
        }
        return rows.stream().sorted().toList();
    }

    /** The SQLSTATE with which a command fails, empty if it is done. */
    private static String sqlState(Session session, String sql) {
        try {
            session.query(sql);
            return "";
        } catch (IcesparException e) {
            return e.code().sqlState();
        }
    }

    @Override
    public void close() {
        engine.close();
    }
}
