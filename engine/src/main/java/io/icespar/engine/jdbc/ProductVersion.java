package io.icespar.engine.jdbc;

/** The name and version of Icespar, as tools show them. */
public final class ProductVersion {
    /** The product. */
    public static final String NAME = "Icespar";

    private ProductVersion() {}

    /** The version of the jar; {@code 0.0} where classes are run without one. */
    public static String text() {
        var version = ProductVersion.class.getPackage().getImplementationVersion();
        return version == null ? "0.0" : version;
    }

    /** A number of the version, counted from 0. */
    public static int part(int index) {
        var parts = text().split("[.-]", -1);
        return index < parts.length && parts[index].matches("\\d{1,6}") ? Integer.parseInt(parts[index]) : 0;
    }
}
