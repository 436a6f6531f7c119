package io.icespar.server.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.sql.JDBCType;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLType;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What each method of an interface of JDBC must do: either there is a check of it, which is seen to call it, or it is
 * refused as not supported, with a text and SQLSTATE 0A000.
 */
final class Conformance<T> {
    private final Class<T> type;
    private final Map<String, Check<T>> checks = new TreeMap<>();

    /** Sees that methods do what they are for. */
    @FunctionalInterface
    interface Check<T> {
        void check(T object) throws Exception;
    }

    /** Does something that may fail. */
    @FunctionalInterface
    interface Action {
        void run() throws Exception;
    }

    /** Makes an object to check with. */
    @FunctionalInterface
    interface Maker<T> {
        T make() throws Exception;
    }

    Conformance(Class<T> type) {
        this.type = type;
    }

    /** Methods that do what {@code check} says; separated by spaces, each with the simple names of its parameters. */
    Conformance<T> works(String methods, Check<T> check) {
        for (var method : methods.strip().split("\\s+", -1)) {
            if (checks.put(method, check) != null) {
                fail(type.getSimpleName() + " has two checks of " + method);
            }
        }
        return this;
    }

    /** The methods that have a check. */
    Set<String> working() {
        return checks.keySet();
    }

    /** The methods without one. */
    Set<String> refused() {
        var refused = new TreeSet<String>();
        methods(type).forEach(method -> refused.add(signature(method)));
        refused.removeAll(working());
        return refused;
    }

    /** Tries every method of the interface, each on an object of its own. */
    void verify(Maker<T> maker) throws Exception {
        var known = methods(type).stream().map(Conformance::signature).collect(Collectors.toSet());
        assertTrue(known.containsAll(checks.keySet()), () -> "no such method: " + minus(checks.keySet(), known));
        var failures = new TreeMap<String, String>();
        for (var method : methods(type)) {
            var signature = signature(method);
            var check = checks.get(signature);
            try {
                if (check == null) {
                    verifyRefused(method, maker.make());
                } else {
                    verifyWorks(signature, check, maker.make());
                }
            } catch (Exception | AssertionError e) {
                failures.put(signature, String.valueOf(e));
            }
        }
        assertEquals(
                "",
                failures.entrySet().stream()
                        .map(failure -> type.getSimpleName() + "." + failure.getKey() + ": " + failure.getValue())
                        .collect(Collectors.joining("\n")));
    }

    private void verifyWorks(String signature, Check<T> check, T object) throws Exception {
        var called = new HashSet<String>();
        check.check(recording(object, called));
        assertTrue(called.contains(signature), "the check does not call it");
    }

    private T recording(T object, Set<String> called) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    called.add(signature(method));
                    try {
                        return method.invoke(object, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private void verifyRefused(Method method, T object) throws Exception {
        try {
            var result = method.invoke(
                    object,
                    Arrays.stream(method.getParameterTypes())
                            .map(Conformance::anything)
                            .toArray());
            fail("is neither checked nor refused; it gave " + result);
        } catch (InvocationTargetException e) {
            if (!(e.getCause() instanceof SQLFeatureNotSupportedException refusal)) {
                throw new AssertionError("is neither checked nor refused: " + e.getCause(), e);
            }
            // Methods that JDK's interfaces refuse by themselves, such as those on sharding, bring no text.
            if (!method.isDefault()) {
                assertEquals("0A000", refusal.getSQLState());
                assertTrue(String.valueOf(refusal.getMessage()).length() > 10, refusal::getMessage);
            }
        }
    }

    private static @Nullable Object anything(Class<?> type) {
        return Map.<Class<?>, Object>ofEntries(
                        Map.entry(int.class, 1),
                        Map.entry(long.class, 1L),
                        Map.entry(short.class, (short) 1),
                        Map.entry(byte.class, (byte) 1),
                        Map.entry(float.class, 1f),
                        Map.entry(double.class, 1d),
                        Map.entry(boolean.class, true),
                        Map.entry(String.class, "VARCHAR"),
                        Map.entry(Object.class, "x"),
                        Map.entry(BigDecimal.class, BigDecimal.ONE),
                        Map.entry(byte[].class, new byte[0]),
                        Map.entry(int[].class, new int[] {1}),
                        Map.entry(String[].class, new String[] {"x"}),
                        Map.entry(Object[].class, new Object[] {"x"}),
                        Map.entry(InputStream.class, new ByteArrayInputStream(new byte[0])),
                        Map.entry(Reader.class, new StringReader("")),
                        Map.entry(Map.class, Map.of("x", String.class)),
                        Map.entry(Properties.class, new Properties()),
                        Map.entry(Executor.class, (Executor) Runnable::run),
                        Map.entry(SQLType.class, JDBCType.VARCHAR))
                .get(type);
    }

    /** The methods of an interface; of one that extends a statement, those of its own. */
    static List<Method> methods(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .filter(method -> method.getDeclaringClass() == type
                        || !Statement.class.isAssignableFrom(type)
                        || type == Statement.class)
                .sorted(Comparator.comparing(Conformance::signature))
                .toList();
    }

    static String signature(Method method) {
        return method.getName()
                + Arrays.stream(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(",", "(", ")"));
    }

    private static Set<String> minus(Set<String> all, Set<String> without) {
        var rest = new TreeSet<>(all);
        rest.removeAll(without);
        return rest;
    }

    /** Sees that something fails with a SQLSTATE. */
    static void fails(String sqlState, Action action) {
        try {
            action.run();
        } catch (SQLException e) {
            assertEquals(sqlState, e.getSQLState(), e.getMessage());
            return;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        fail("expected an error " + sqlState);
    }
}
