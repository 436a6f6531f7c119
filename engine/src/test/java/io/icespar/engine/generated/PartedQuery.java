package io.icespar.engine.generated;

/**
 * A query of single rows, and a condition by which it can be parted: each of its rows is one for which that is true, not
 * true or unknown.
 *
 * @param beginning all up to its own condition
 * @param where its own condition
 * @param condition the other
 */
record PartedQuery(String beginning, String where, String condition) {
    String whole() {
        return beginning + " WHERE " + where;
    }

    String whereTrue() {
        return part("(" + condition + ")");
    }

    String whereNotTrue() {
        return part("NOT (" + condition + ")");
    }

    String whereUnknown() {
        return part("(" + condition + ") IS NULL");
    }

    private String part(String with) {
        return beginning + " WHERE (" + where + ") AND (" + with + ")";
    }

    @Override
    public String toString() {
        return whole() + " -- by " + condition;
    }
}
