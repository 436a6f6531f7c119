package io.icespar.engine.csv;

import static io.icespar.engine.config.Problems.quote;

import io.icespar.engine.config.Location;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * Reads a file of comma-separated values once, from start to end, in constant memory, and refuses whatever two readers
 * of RFC 4180 could understand in two ways. Used once, by one thread.
 */
final class CsvScanner {
    /** No record may be longer; the bound is there to stop at a quote that is never closed. */
    static final int MAX_RECORD = 1 << 24;

    private static final int BUFFER = 1 << 16;

    private enum State {
        START_OF_VALUE,
        PLAIN,
        QUOTED,
        AFTER_QUOTE,
        AFTER_CARRIAGE_RETURN
    }

    /** What is done with the values. */
    interface Handler {
        /**
         * A value of a record; the header is record 0.
         *
         * @param scanner says where the value stands
         * @param record the record's number
         * @param index the value's place in the record, from 0
         * @param text starts with the value, and is overwritten by the next
         * @param length how many characters the value has
         * @param quoted whether it stands in quotes
         */
        void value(CsvScanner scanner, long record, int index, char[] text, int length, boolean quoted);

        /** The end of a record that has {@code count} values and {@code length} characters. */
        void end(CsvScanner scanner, long record, int count, int length);
    }

    private final Path file;
    private final Handler handler;

    private State state = State.START_OF_VALUE;
    private char[] value = new char[256];
    private int length;
    private boolean quoted;
    private int index;
    private int recordLength;
    private long record;

    private long line = 1;
    private int column = 1;
    private long valueLine = 1;
    private int valueColumn = 1;
    private long recordLine = 1;
    private boolean carriageReturns;

    CsvScanner(Path file, Handler handler) {
        this.file = file;
        this.handler = handler;
    }

    /**
     * Reads the file.
     *
     * @param progress is told now and then how many bytes have been read
     * @throws IcesparException {@code CONFIGURATION}, for the first thing that is not as RFC 4180 has it
     */
    void scan(LongConsumer progress) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer bytes = ByteBuffer.allocate(BUFFER).limit(0);
        CharBuffer chars = CharBuffer.allocate(BUFFER);
        long read = 0;
        boolean first = true;
        try (InputStream input = Files.newInputStream(file)) {
            boolean more = true;
            while (more) {
                bytes.compact();
                int count = input.read(bytes.array(), bytes.position(), bytes.remaining());
                more = count >= 0;
                read += Math.max(0, count);
                bytes.position(bytes.position() + Math.max(0, count)).flip();
                CoderResult result = decoder.decode(bytes, chars, !more);
                chars.flip();
                if (first && chars.hasRemaining()) {
                    first = false;
                    if (chars.get(0) == '\uFEFF') {
                        chars.get();
                    }
                }
                read(chars.array(), chars.position(), chars.limit());
                chars.clear();
                if (result.isError()) {
                    throw problem(here(), "this is not UTF-8");
                }
                progress.accept(read);
            }
        } catch (IOException e) {
            throw new IcesparException(ErrorCode.CONFIGURATION, file + ": the file cannot be read", e);
        }
        end();
    }

    /** Runs of ordinary characters are taken at once, with the comma after them: most of a file is that. */
    private void read(char[] chars, int start, int end) {
        int i = start;
        while (i < end) {
            int run = takesRuns() ? endOfRun(chars, i, end) : i;
            if (run == i) {
                next(chars[i++]);
                continue;
            }
            append(chars, i, run - i);
            column += run - i;
            lengthen(run - i);
            if (state == State.START_OF_VALUE) {
                state = State.PLAIN;
            }
            i = run;
            if (i < end && chars[i] == ',' && state == State.PLAIN) {
                endValue();
                column++;
                startValue();
                lengthen(1);
                i++;
            }
        }
    }

    private boolean takesRuns() {
        return state == State.START_OF_VALUE || state == State.PLAIN || state == State.QUOTED;
    }

    private static int endOfRun(char[] chars, int start, int end) {
        int i = start;
        while (i < end && isOrdinary(chars[i])) {
            i++;
        }
        return i;
    }

    private static boolean isOrdinary(char c) {
        if (c > ',') {
            return !Character.isSurrogate(c);
        }
        return c != ',' && c != '"' && c != '\n' && c != '\r';
    }

    private void next(char c) {
        switch (state) {
            case START_OF_VALUE -> {
                if (c == '"') {
                    quoted = true;
                    state = State.QUOTED;
                } else {
                    plain(c);
                }
            }
            case PLAIN -> plain(c);
            case QUOTED -> {
                if (c == '"') {
                    state = State.AFTER_QUOTE;
                } else {
                    append(c);
                }
            }
            case AFTER_QUOTE -> {
                if (c == '"') {
                    append(c);
                    state = State.QUOTED;
                } else if (!separates(c)) {
                    throw problem(
                            here(),
                            "after a closing quote comes " + quote(String.valueOf(c))
                                    + ", expected a comma or the end of the line");
                }
            }
            case AFTER_CARRIAGE_RETURN -> {
                if (c != '\n') {
                    throw problem(
                            here(),
                            "a carriage return stands alone, expected a line feed after it or quotes around it");
                }
                endLine(true);
            }
        }
        if (!Character.isLowSurrogate(c)) {
            column++;
        }
        if (c == '\n') {
            line++;
            column = 1;
        }
        if (state == State.START_OF_VALUE) {
            startValue();
        }
        lengthen(1);
    }

    private void startValue() {
        valueLine = line;
        valueColumn = column;
        if (index == 0) {
            recordLine = line;
        }
    }

    private void lengthen(int characters) {
        recordLength += characters;
        if (recordLength > MAX_RECORD) {
            throw problem(
                    state == State.QUOTED ? valueAt() : new Location(file, recordLine, 1),
                    (state == State.QUOTED ? "the value in quotes" : "the line") + " that starts here is longer than "
                            + MAX_RECORD + " characters"
                            + (state == State.QUOTED ? "; is a closing quote missing?" : ""));
        }
    }

    private void plain(char c) {
        if (c == '"') {
            throw problem(
                    here(),
                    "a quote stands in a value without quotes, expected quotes around the value and `\"\"` in it");
        }
        if (!separates(c)) {
            append(c);
            state = State.PLAIN;
        }
    }

    /** Ends the value if {@code c} is a comma or belongs to the end of the line. */
    private boolean separates(char c) {
        switch (c) {
            case ',' -> endValue();
            case '\n' -> endLine(false);
            case '\r' -> state = State.AFTER_CARRIAGE_RETURN;
            default -> {
                return false;
            }
        }
        return true;
    }

    private void append(char c) {
        makeRoom(1);
        value[length++] = c;
    }

    private void append(char[] chars, int start, int count) {
        makeRoom(count);
        System.arraycopy(chars, start, value, length, count);
        length += count;
    }

    private void makeRoom(int count) {
        if (length + count > value.length) {
            value = Arrays.copyOf(value, Math.max(length + count, value.length * 2));
        }
    }

    private void endValue() {
        handler.value(this, record, index, value, length, quoted);
        index++;
        length = 0;
        quoted = false;
        state = State.START_OF_VALUE;
    }

    private void endLine(boolean withCarriageReturn) {
        if (record == 0) {
            carriageReturns = withCarriageReturn;
        } else if (carriageReturns != withCarriageReturn) {
            throw problem(
                    here(),
                    "the line ends in " + (withCarriageReturn ? "CR LF" : "LF") + ", expected "
                            + (carriageReturns ? "CR LF" : "LF") + " as after the header");
        }
        endRecord();
    }

    private void endRecord() {
        boolean empty = index == 0 && length == 0 && !quoted;
        if (empty) {
            throw problem(
                    new Location(file, recordLine, 1),
                    record == 0 ? "the line is empty, expected a header" : "the line is empty, expected values");
        }
        endValue();
        handler.end(this, record, index, recordLength);
        record++;
        index = 0;
        recordLength = 0;
    }

    private void end() {
        switch (state) {
            case QUOTED -> throw problem(valueAt(), "the quote that opens here is never closed");
            case AFTER_CARRIAGE_RETURN ->
                throw problem(
                        here(), "a carriage return stands alone, expected a line feed after it or quotes around it");
            case START_OF_VALUE, PLAIN, AFTER_QUOTE -> {
                if (index > 0 || length > 0 || quoted) {
                    endRecord();
                } else if (record == 0) {
                    throw problem(here(), "the file is empty, expected a header");
                }
            }
        }
    }

    private Location here() {
        return new Location(file, line, column);
    }

    /** Where the value starts that was passed last, or that is being read. */
    Location valueAt() {
        return new Location(file, valueLine, valueColumn);
    }

    /** Where the record starts that is being read. */
    Location recordAt() {
        return new Location(file, recordLine, 1);
    }

    static IcesparException problem(Location at, String text) {
        return new IcesparException(ErrorCode.CONFIGURATION, at + ": " + text);
    }
}
