package io.icespar.security.audit;

import ch.qos.logback.core.ContextBase;
import ch.qos.logback.core.encoder.EncoderBase;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.util.FileSize;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import java.io.File;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * The audit as lines in a file, which Logback's appender begins anew each day and at a certain size.
 *
 * <p>Logback means never to disturb the program that logs, and keeps quiet about what it could not write. Here each
 * line counts as written only when the file took it, and after a failure the file is opened anew for the next one. The
 * file belongs to one server at a time.
 */
public final class RollingAuditLog implements AuditLog {
    private final AuditFile file;
    private final AuditLine lines;
    private final ContextBase context = new ContextBase();
    private @Nullable Appender appender;

    /**
     * Opens the file, making it and its folder if they are not there.
     *
     * @throws IcesparException {@code CONFIGURATION} if that is not possible
     */
    public RollingAuditLog(AuditFile file) {
        this.file = file;
        this.lines = new AuditLine(file.maxCharacters());
        context.setName("audit");
        if (file.path().toAbsolutePath().toString().indexOf('%') >= 0) {
            throw new IcesparException(
                    ErrorCode.CONFIGURATION,
                    "the audit cannot be written to `" + file.path() + "`: choose a name without a percent sign");
        }
        try {
            appender = open();
        } catch (IOException e) {
            context.stop();
            throw new IcesparException(
                    ErrorCode.CONFIGURATION,
                    "the audit cannot be written to `" + file.path() + "`: check the folder and its permissions",
                    e);
        }
    }

    private Appender open() throws IOException {
        prepare(file.path().toAbsolutePath());
        Appender opened = new Appender(file.sync());
        opened.setContext(context);
        opened.setFile(file.path().toAbsolutePath().toString());
        opened.setEncoder(new Lines());
        var policy = new SizeAndTimeBasedRollingPolicy<String>() {
            @Override
            public boolean isTriggeringEvent(File active, String event) {
                // A device or a pipe cannot be put aside and begun anew.
                return active.isFile() && super.isTriggeringEvent(active, event);
            }
        };
        policy.setContext(context);
        policy.setParent(opened);
        policy.setFileNamePattern(rolledName(file.path().toAbsolutePath()));
        policy.setMaxFileSize(megabytes(file.maxMegabytes()));
        policy.setMaxHistory(file.days());
        policy.setTotalSizeCap(megabytes(file.totalMegabytes()));
        policy.setCleanHistoryOnStart(true);
        policy.start();
        opened.setRollingPolicy(policy);
        opened.start();
        if (!opened.isOpen()) {
            opened.stop();
            throw new IOException("the file cannot be opened", opened.failure);
        }
        return opened;
    }

    /** Sees that nobody else reads the file, and that a line that was cut short by a crash does not spoil the next. */
    private static void prepare(Path path) throws IOException {
        Path folder = path.getParent();
        if (folder != null && Files.notExists(folder)) {
            Files.createDirectories(folder);
            allow(folder, "rwx------");
        }
        if (Files.notExists(path)) {
            Files.createFile(path);
            allow(path, "rw-------");
        } else if (Files.isRegularFile(path)) {
            try (RandomAccessFile old = new RandomAccessFile(path.toFile(), "rw")) {
                if (old.length() > 0) {
                    old.seek(old.length() - 1);
                    if (old.read() != '\n') {
                        old.write('\n');
                    }
                }
            }
        }
    }

    private static void allow(Path path, String permissions) throws IOException {
        PosixFileAttributeView posix = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        if (posix != null) {
            posix.setPermissions(PosixFilePermissions.fromString(permissions));
        }
    }

    /** Where the file goes when a new one is begun: {@code audit.2026-01-31.0.jsonl.gz} for {@code audit.jsonl}. */
    private static String rolledName(Path path) {
        String name = String.valueOf(path.getFileName());
        int dot = name.lastIndexOf('.');
        String stem = dot < 1 ? name : name.substring(0, dot);
        String rolled = stem + ".%d{yyyy-MM-dd}.%i" + name.substring(stem.length()) + ".gz";
        return path.resolveSibling(rolled).toString();
    }

    private static FileSize megabytes(int number) {
        return new FileSize(number * FileSize.MB_COEFFICIENT);
    }

    @Override
    public void write(AuditEvent event) throws IOException {
        append(lines.of(event));
    }

    private synchronized void append(String line) throws IOException {
        Appender present = appender;
        if (present == null) {
            present = open();
            appender = present;
        }
        try {
            present.writeLine(line);
        } catch (IOException e) {
            present.stop();
            appender = null;
            throw e;
        }
    }

    @Override
    public synchronized void close() {
        if (appender != null) {
            appender.stop();
            appender = null;
        }
        context.stop();
    }

    /** Logback's appender over a file that does not hide its failures. */
    private static final class Appender extends RollingFileAppender<String> {
        private final boolean sync;
        private boolean written;
        private @Nullable Exception failure;

        Appender(boolean sync) {
            this.sync = sync;
        }

        boolean isOpen() {
            return isStarted() && getOutputStream() != null;
        }

        void writeLine(String line) throws IOException {
            written = false;
            failure = null;
            doAppend(line);
            if (!written) {
                throw new IOException("the line was not written", failure);
            }
        }

        // In place of Logback's stream, which waits and tries again by itself.
        @Override
        public void openFile(String name) throws IOException {
            streamWriteLock.lock();
            try {
                setOutputStream(new Watched(new FileOutputStream(name, true)));
            } catch (IOException e) {
                failure = e;
                throw e;
            } finally {
                streamWriteLock.unlock();
            }
        }

        private final class Watched extends FilterOutputStream {
            private final FileOutputStream opened;

            Watched(FileOutputStream opened) {
                super(opened);
                this.opened = opened;
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                try {
                    // All at once: FilterOutputStream would go byte by byte.
                    opened.write(bytes, offset, length);
                    if (sync) {
                        opened.getFD().sync();
                    }
                    written = true;
                } catch (IOException e) {
                    failure = e;
                    throw e;
                }
            }
        }
    }

    private static final class Lines extends EncoderBase<String> {
        @Override
        public byte[] headerBytes() {
            return new byte[0];
        }

        @Override
        public byte[] encode(String line) {
            return (line + "\n").getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public byte[] footerBytes() {
            return new byte[0];
        }
    }
}
