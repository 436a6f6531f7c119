package io.icespar.jdbc;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An option of a connection, given in the URL or among the properties. Names are matched without regard to case. */
enum DriverProperty {
    /** Who logs in. */
    USER("user", null, true, "The user to log in as."),

    /** The user's password. */
    PASSWORD("password", null, true, "The password of the user."),

    /** Where names without a schema are looked up. */
    SCHEMA("schema", null, false, "The schema in which names without one are looked up; also the path of the URL."),

    /** How long to wait for a connection. */
    CONNECT_TIMEOUT(
            "connectTimeout", "10", false, "After how many seconds an attempt to connect is given up; 0: never."),

    /** How long to wait for an answer. */
    RESPONSE_TIMEOUT(
            "responseTimeout", "0", false, "After how many seconds without an answer a request is given up; 0: never."),

    /** How many rows come at once. */
    FETCH_SIZE("fetchSize", "1000", false, "How many rows are fetched at once, unless a statement says otherwise."),

    /** Which instants the wall clock of a TIMESTAMP means. */
    TIME_ZONE(
            "timeZone",
            null,
            false,
            "The time zone in which a java.sql.Timestamp has the fields of a TIMESTAMP; default: that of the JVM."),

    /** Whether a password may be read on its way. */
    ALLOW_PLAIN_HTTP(
            "allowPlainHttp",
            "false",
            false,
            "Whether the password may be sent over http, unencrypted, to another machine."),

    /** Whose certificates are trusted. */
    TRUST_STORE("trustStore", null, false, "A file of certificates to trust for https; default: those of the JVM."),

    /** What opens that file. */
    TRUST_STORE_PASSWORD("trustStorePassword", null, false, "The password of the trust store.");

    private final String key;
    private final @Nullable String defaultValue;
    private final boolean required;
    private final String description;

    DriverProperty(String key, @Nullable String defaultValue, boolean required, String description) {
        this.key = key;
        this.defaultValue = defaultValue;
        this.required = required;
        this.description = description;
    }

    /** Its name in URLs and properties. */
    String key() {
        return key;
    }

    /** The value where none is given. */
    Optional<String> defaultValue() {
        return Optional.ofNullable(defaultValue);
    }

    /** Whether a connection needs it. */
    boolean required() {
        return required;
    }

    /** What it does, in one sentence. */
    String description() {
        return description;
    }

    /** Whether it is either true or false. */
    boolean isFlag() {
        return "false".equals(defaultValue);
    }

    /** The option of that name. */
    static Optional<DriverProperty> find(String name) {
        return Arrays.stream(values())
                .filter(property -> property.key.equalsIgnoreCase(name))
                .findFirst();
    }
}
