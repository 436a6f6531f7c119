package io.icespar.avatica.columns;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.calcite.avatica.util.ByteString;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RowsWriterTest {
    private static List<List<@Nullable Object>> read(List<?> rows) throws IOException {
        return RowsReader.read(ByteBuffer.wrap(RowsWriter.write(rows))).stream()
                .map(row -> new ArrayList<@Nullable Object>((List<?>) row))
                .collect(Collectors.toList());
    }

    static Stream<List<@Nullable Object>> columns() {
        return Stream.of(
                Arrays.asList(true, null, false),
                Arrays.asList((byte) -128, (byte) 127, null),
                Arrays.asList((short) -32768, (short) 32767),
                Arrays.asList(0, 127, -128),
                Arrays.asList(0, 128, -129),
                Arrays.asList(Integer.MIN_VALUE, Integer.MAX_VALUE, null, -1),
                Arrays.asList(1L, 2L),
                Arrays.asList(Long.MIN_VALUE, Long.MAX_VALUE, 0L),
                Arrays.asList(Microseconds.of(-1), null, Microseconds.of(86_399_999_999L)),
                Arrays.asList(1.5f, Float.NaN, Float.NEGATIVE_INFINITY),
                Arrays.asList(1.5, Double.NaN, -0.0, Double.MIN_VALUE, null),
                Arrays.asList(new BigDecimal("12.30"), new BigDecimal("-0.01"), null),
                Arrays.asList(new BigDecimal("1.0"), new BigDecimal("1.00")),
                Arrays.asList(new BigDecimal("9".repeat(38)), new BigDecimal("-1E+3"), BigDecimal.ZERO),
                Arrays.asList(new BigDecimal(new BigInteger("9".repeat(18)), 2), new BigDecimal("0.00")),
                Arrays.asList(new BigDecimal(new BigInteger("9".repeat(19)), 2), new BigDecimal("0.00")),
                Arrays.asList("", "a", null, "é😀", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a"),
                Arrays.asList("x".repeat(70_000), "y"),
                IntStream.range(0, 300).mapToObj(i -> "text " + i).collect(Collectors.toList()),
                IntStream.range(0, 10_000).mapToObj(i -> "t" + i % 256).collect(Collectors.toList()),
                IntStream.range(0, 10_000).mapToObj(i -> "t" + i % 257).collect(Collectors.toList()),
                Arrays.asList(null, null, null, null, null, null, null, null, null),
                Arrays.asList(List.of(1, 2), List.of(), null, Arrays.asList(3, null)),
                Arrays.asList(List.of("a", "b"), List.of(List.of("c"))),
                Arrays.asList(List.of(), List.of()),
                Arrays.asList(1, "two", 3.0, null, List.of(4L), true));
    }

    @ParameterizedTest
    @MethodSource("columns")
    void whatIsWrittenIsRead(List<@Nullable Object> values) throws IOException {
        var rows = values.stream().map(value -> new @Nullable Object[] {value}).collect(Collectors.toList());
        assertEquals(values.stream().map(Arrays::asList).collect(Collectors.toList()), read(rows));
    }

    @Test
    void columnsDoNotMix() throws IOException {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            rows.add(Arrays.asList(i, i % 3 == 0 ? null : "text " + i % 7, (long) i << 33, i % 2 == 0));
        }
        assertEquals(rows, read(rows));
    }

    @Test
    void bytesAreBytesHoweverTheyCome() throws IOException {
        var read = read(List.of(new Object[] {new byte[] {1, -1}}, new Object[] {new ByteString(new byte[0])}));
        assertArrayEquals(new byte[] {1, -1}, (byte[]) read.get(0).get(0));
        assertArrayEquals(new byte[0], (byte[]) read.get(1).get(0));
    }

    @Test
    void noRowsAreNoRows() throws IOException {
        assertEquals(List.of(), read(List.of()));
    }

    @Test
    void fewTextsTakeFewBytes() {
        var few = IntStream.range(0, 10_000)
                .mapToObj(i -> new Object[] {i % 2 == 0 ? "DELIVER IN PERSON" : "TAKE BACK RETURN"})
                .collect(Collectors.toList());
        assertTrue(RowsWriter.write(few).length < 10_100);
    }

    @Test
    void whatCannotBeSentIsRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> RowsWriter.write(List.<Object[]>of(new Object[] {new Random(1)})));
    }

    @Test
    void littleThatSaysItIsMuchIsNoRows() {
        // Columns of 80,000 rows without a bit for any; values of different kinds, and lists, in one another.
        var nothing = ByteBuffer.allocate(10_008)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(80_000)
                .putInt(5_000);
        var mixed = ByteBuffer.allocate(40_008)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(1)
                .putInt(1);
        var lists = ByteBuffer.allocate(40_008)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(1)
                .putInt(1);
        while (mixed.hasRemaining()) {
            mixed.put((byte) ColumnKind.MIXED.code()).put((byte) 0);
        }
        while (lists.hasRemaining()) {
            lists.put((byte) ColumnKind.LISTS.code())
                    .put((byte) 0)
                    .put((byte) 1)
                    .put((byte) 1);
        }
        for (var bytes : List.of(nothing, mixed, lists)) {
            assertThrows(IOException.class, () -> RowsReader.read(bytes.rewind()));
        }
    }

    @Test
    void whatWasNotWrittenIsNoRows() {
        var random = new Random(1);
        var written = RowsWriter.write(columns()
                .limit(12)
                .map(values -> new Object[] {values, "text", 5})
                .collect(Collectors.toList()));
        for (int i = 0; i < written.length; i++) {
            var cut = Arrays.copyOf(written, i);
            assertThrows(IOException.class, () -> RowsReader.read(ByteBuffer.wrap(cut)));
        }
        var longer = Arrays.copyOf(written, written.length + 1);
        assertThrows(IOException.class, () -> RowsReader.read(ByteBuffer.wrap(longer)));
        for (int i = 0; i < 20_000; i++) {
            var changed = written.clone();
            changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            try {
                RowsReader.read(ByteBuffer.wrap(changed));
            } catch (IOException e) {
                assertEquals("no rows of Icespar's", e.getMessage());
            }
        }
    }
}
