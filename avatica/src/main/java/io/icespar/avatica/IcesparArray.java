package io.icespar.avatica;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An array: values of one type, in order. */
final class IcesparArray implements java.sql.Array {
    private final String elementType;
    private @Nullable Object @Nullable [] elements;

    /** @param elementType the name of the type of the elements; empty if it is not known */
    IcesparArray(String elementType, @Nullable Object[] elements) {
        this.elementType = elementType;
        this.elements = elements.clone();
    }

    @Override
    public String getBaseTypeName() throws SQLException {
        elements();
        return elementType;
    }

    @Override
    public int getBaseType() throws SQLException {
        elements();
        return WireForm.jdbcType(elementType);
    }

    /** The elements, as an {@code Object[]}; those that are arrays, as arrays. */
    @Override
    public Object getArray() throws SQLException {
        return elements().clone();
    }

    @Override
    public Object getArray(@Nullable Map<String, Class<?>> map) throws SQLException {
        return getArray();
    }

    @Override
    public Object getArray(long index, int count) throws SQLException {
        var all = elements();
        if (index < 1 || index > all.length + 1L || count < 0) {
            throw JdbcError.INVALID_PARAMETER.error("the array has " + all.length + " elements, counted from 1");
        }
        var from = (int) index - 1;
        return Arrays.copyOfRange(all, from, from + Math.min(count, all.length - from));
    }

    @Override
    public Object getArray(long index, int count, @Nullable Map<String, Class<?>> map) throws SQLException {
        return getArray(index, count);
    }

    @Override
    public ResultSet getResultSet() throws SQLException {
        throw noRows();
    }

    @Override
    public ResultSet getResultSet(@Nullable Map<String, Class<?>> map) throws SQLException {
        throw noRows();
    }

    @Override
    public ResultSet getResultSet(long index, int count) throws SQLException {
        throw noRows();
    }

    @Override
    public ResultSet getResultSet(long index, int count, @Nullable Map<String, Class<?>> map) throws SQLException {
        throw noRows();
    }

    private static SQLException noRows() {
        return JdbcError.unsupported("an array cannot be read as rows: use `getArray`, or `UNNEST` in the query");
    }

    @Override
    public void free() {
        elements = null;
    }

    private @Nullable Object[] elements() throws SQLException {
        var all = elements;
        if (all == null) {
            throw JdbcError.WRONG_STATE.error("the array was freed");
        }
        return all;
    }

    @Override
    public String toString() {
        return Arrays.deepToString(elements);
    }
}
