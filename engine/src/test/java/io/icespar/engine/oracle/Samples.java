package io.icespar.engine.oracle;

import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Gives tests the {@link SampleLibrary}: one for all that a Java tests, closed at its end. A run whose configuration
 * parameter {@value #RESTRICTING} is {@code off} gets samples whose restricting stage restricts nothing.
 *
 * <p>Such a run leaves out the invocations of a test that are neither its first nor have an argument that is new to the
 * tests of its class: of tests of all queries as all users, each is tried, and each query and each user. What is left out
 * is aborted, as {@value #LEFT_OUT}.
 */
public final class Samples implements ParameterResolver, InvocationInterceptor {
    /** The configuration parameter. */
    static final String RESTRICTING = "icespar.test.restricting";

    /** Why an invocation was aborted. */
    static final String LEFT_OUT = "the test and each of its arguments were tried before";

    private static final Namespace NAMESPACE = Namespace.create(Samples.class);

    /** A test of a class, or an argument that one was invoked with. */
    private record Tried(Class<?> tests, @Nullable Object what) {}

    /** All of them in a run. */
    private static final class Trials {
        private final Set<Tried> trials = new HashSet<>();

        /** Notes an invocation; whether there is anything new in it. */
        boolean add(Method test, List<?> arguments) {
            boolean isNew = trials.add(new Tried(test.getDeclaringClass(), test));
            for (Object argument : arguments) {
                isNew |= !(argument instanceof SampleLibrary)
                        && trials.add(new Tried(test.getDeclaringClass(), argument));
            }
            return isNew;
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == SampleLibrary.class;
    }

    @Override
    public SampleLibrary resolveParameter(ParameterContext parameter, ExtensionContext context) {
        // Not of the run: where classes are handed to several Javas one by one, each class is a run.
        Store store = context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE);
        boolean restricting = isRestricting(context);
        return store.computeIfAbsent(restricting, key -> new SampleLibrary(restricting), SampleLibrary.class);
    }

    private static boolean isRestricting(ExtensionContext context) {
        return context.getConfigurationParameter(RESTRICTING)
                .filter("off"::equals)
                .isEmpty();
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> test, ExtensionContext context)
            throws Throwable {
        if (isRestricting(context)
                || context.getRoot()
                        .getStore(NAMESPACE)
                        .computeIfAbsent(Trials.class, key -> new Trials(), Trials.class)
                        .add(test.getExecutable(), test.getArguments())) {
            invocation.proceed();
        } else {
            invocation.skip();
            Assumptions.abort(LEFT_OUT);
        }
    }
}
