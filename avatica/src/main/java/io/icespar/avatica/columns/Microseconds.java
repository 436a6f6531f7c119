package io.icespar.avatica.columns;

/** A time of day, or a timestamp since 1970, to the microsecond; Avatica itself has whole numbers of milliseconds for them. */
public final class Microseconds {
    private final long count;

    private Microseconds(long count) {
        this.count = count;
    }

    /** So many microseconds since midnight, or since 1970. */
    public static Microseconds of(long count) {
        return new Microseconds(count);
    }

    /** How many they are. */
    public long count() {
        return count;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Microseconds && ((Microseconds) other).count == count;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(count);
    }

    @Override
    public String toString() {
        return count + " µs";
    }
}
