package io.icespar.engine.oracle;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the {@link SampleLibrary}: one for a whole run, closed at its end. A run whose configuration parameter
 * {@value #RESTRICTING} is {@code off} gets samples whose restricting stage restricts nothing.
 */
public final class Samples implements ParameterResolver {
    /** The configuration parameter. */
    static final String RESTRICTING = "icespar.test.restricting";

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == SampleLibrary.class;
    }

    @Override
    public SampleLibrary resolveParameter(ParameterContext parameter, ExtensionContext context) {
        boolean restricting = context.getConfigurationParameter(RESTRICTING)
                .filter("off"::equals)
                .isEmpty();
        return context.getRoot()
                .getStore(Namespace.create(Samples.class))
                .computeIfAbsent(SampleLibrary.class, key -> new SampleLibrary(restricting), SampleLibrary.class);
    }
}
