package io.icespar.server.oidc;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import org.slf4j.LoggerFactory;

/**
 * All that is logged or printed while it is open, down to the most talkative level, with the traces of what was thrown;
 * of Jetty's only what is not for those who look for its faults, for that repeats requests as they come.
 */
final class LoggedLines implements AutoCloseable {
    private static final Logger ROOT =
            ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(Logger.ROOT_LOGGER_NAME);
    private static final Logger OURS = ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger("io.icespar");
    private static final Logger JETTY =
            ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger("org.eclipse.jetty");
    private static final java.util.logging.Logger OF_JDK =
            LogManager.getLogManager().getLogger("");

    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final Level rootLevel = ROOT.getLevel();
    private final Level ourLevel = OURS.getLevel();
    private final List<Appender<ILoggingEvent>> appenders = new ArrayList<>();
    private final java.util.logging.Level levelOfJdk = OF_JDK.getLevel();
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getLoggerName() + " " + event.getFormattedMessage());
            if (event.getThrowableProxy() != null) {
                lines.add(ThrowableProxyUtil.asString(event.getThrowableProxy()));
            }
        }
    };

    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            lines.add(entry.getLoggerName() + " " + entry.getMessage() + " " + entry.getThrown());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    LoggedLines() {
        ROOT.iteratorForAppenders().forEachRemaining(appenders::add);
        appenders.forEach(ROOT::detachAppender);
        appender.start();
        ROOT.addAppender(appender);
        ROOT.setLevel(Level.TRACE);
        OURS.setLevel(Level.TRACE);
        JETTY.setLevel(Level.INFO);
        OF_JDK.addHandler(handler);
        OF_JDK.setLevel(java.util.logging.Level.ALL);
        PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
        System.setOut(stream);
        System.setErr(stream);
    }

    String text() {
        synchronized (lines) {
            return String.join("\n", lines) + printed.toString(StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        System.setOut(out);
        System.setErr(err);
        OF_JDK.setLevel(levelOfJdk);
        OF_JDK.removeHandler(handler);
        ROOT.detachAppender(appender);
        appenders.forEach(ROOT::addAppender);
        ROOT.setLevel(rootLevel);
        OURS.setLevel(ourLevel);
        JETTY.setLevel(null);
    }
}
