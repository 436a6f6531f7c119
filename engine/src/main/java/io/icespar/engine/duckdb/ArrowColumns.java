package io.icespar.engine.duckdb;

import io.icespar.avatica.columns.Column;
import io.icespar.avatica.columns.Columns;
import io.icespar.engine.backend.ColumnForm;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.jspecify.annotations.Nullable;

/** Columns of a result, some rows at a time, with the values that {@link ColumnReader} reads. */
final class ArrowColumns implements AutoCloseable {
    /** What Arrow says of an error of DuckDB's. */
    private static final Pattern MESSAGE = Pattern.compile("message=(.*)\\}", Pattern.DOTALL);

    /** Of so many bytes in texts rows are handed out together at most, or a single one. */
    private static final long BYTES = 4_000_000;

    private final ArrowReader reader;
    private final List<ColumnForm> forms;

    /** How many rows have been read of those that are loaded. */
    private int read;

    private int loaded;

    /** Reads from {@code reader}, which is this object's from now on. */
    ArrowColumns(ArrowReader reader, List<ColumnForm> forms) {
        this.reader = reader;
        this.forms = forms;
    }

    /**
     * Whether columns of DuckDB's type have such values.
     *
     * @param type DuckDB's name of it
     */
    static boolean has(ColumnForm form, String type) {
        return switch (form) {
            case BOOLEAN -> type.equals("BOOLEAN");
            case BYTE, SHORT, INTEGER, LONG ->
                type.equals("TINYINT") || type.equals("SMALLINT") || type.equals("INTEGER") || type.equals("BIGINT");
            case FLOAT -> type.equals("FLOAT");
            case DOUBLE -> type.equals("DOUBLE");
            case DECIMAL -> type.startsWith("DECIMAL");
            case STRING, BYTES -> type.equals("BLOB");
            case DATE -> type.equals("DATE");
            case TIME -> type.equals("TIME");
            case TIMESTAMP -> type.equals("TIMESTAMP");
            case TIMESTAMP_WITH_TIME_ZONE, LIST -> false;
        };
    }

    /**
     * The next rows, or null after the last.
     *
     * @param most how many at most
     * @throws SQLException with DuckDB's text, if the query fails
     * @throws ArithmeticException if a value is out of its form's range
     */
    @Nullable
    Columns next(long most) throws SQLException {
        try {
            while (read == loaded) {
                if (!reader.loadNextBatch()) {
                    return null;
                }
                loaded = reader.getVectorSchemaRoot().getRowCount();
                read = 0;
            }
            return part(reader.getVectorSchemaRoot().getFieldVectors(), most);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private Columns part(List<FieldVector> vectors, long most) {
        int from = read;
        int to = from + (int) Math.min(loaded - from, most);
        while (to - from > 1 && octets(vectors, from, to) > BYTES) {
            to = from + (to - from) / 2;
        }
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < vectors.size(); i++) {
            columns.add(new ArrowPart(vectors.get(i), from, to).column(forms.get(i)));
        }
        read = to;
        return new Columns(to - from, columns);
    }

    private long octets(List<FieldVector> vectors, int from, int to) {
        long sum = 0;
        for (int i = 0; i < vectors.size(); i++) {
            if (forms.get(i) == ColumnForm.STRING || forms.get(i) == ColumnForm.BYTES) {
                sum += new ArrowPart(vectors.get(i), from, to).octets();
            }
        }
        return sum;
    }

    // Without the cause, whose text holds values.
    private static SQLException failed(IOException e) {
        Matcher message = MESSAGE.matcher(String.valueOf(e.getMessage()));
        return new SQLException(message.find() ? message.group(1) : "unknown");
    }

    @Override
    public void close() throws SQLException {
        try {
            reader.close();
        } catch (IOException e) {
            throw failed(e);
        }
    }
}
