package io.icespar.jdbc;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An option of a connection, given in the URL or among the properties. Names are matched without regard to case. */
enum DriverProperty {
    /** Who logs in. */
    USER("user", null, "The user to log in as."),

    /** The user's password. */
    PASSWORD("password", null, "The password of the user."),

    /** By which means. */
    AUTH(
            "auth",
            null,
            "How to log in: basic (user and password, checked by the server), token (an access token), password"
                    + " (user and password, checked by the provider), client_credentials (clientId and clientSecret),"
                    + " browser, or certificate (that of keyStore); default: token where there is an access token, else basic."),

    /** An access token that was got elsewhere. */
    ACCESS_TOKEN("accessToken", null, "The access token to log in with."),

    /** Where to find it. */
    ACCESS_TOKEN_FILE(
            "accessTokenFile", null, "A file with the access token to log in with, which is read for each request."),

    /** As what the program is known to the provider. */
    CLIENT_ID("clientId", null, "The client to log in as at the provider; default: the one that the server names."),

    /** The client's password. */
    CLIENT_SECRET("clientSecret", null, "The secret of that client, if it has one."),

    /** Where to find it. */
    CLIENT_SECRET_FILE("clientSecretFile", null, "A file with that secret, in place of the secret itself."),

    /** What to ask the provider for. */
    SCOPE("scope", null, "The scopes to ask the provider for, with a space between; default: those the server names."),

    /** The only provider that will do. */
    ISSUER("issuer", null, "The only provider to log in at; default: the one that the server names."),

    /** How long a person may take. */
    LOGIN_TIMEOUT("loginTimeout", "180", "After how many seconds a login in the browser is given up."),

    /** Where names without a schema are looked up. */
    SCHEMA("schema", null, "The schema in which names without one are looked up; also the path of the URL."),

    /** How long to wait for a connection. */
    CONNECT_TIMEOUT("connectTimeout", "10", "After how many seconds an attempt to connect is given up; 0: never."),

    /** How long to wait for an answer. */
    RESPONSE_TIMEOUT(
            "responseTimeout", "0", "After how many seconds without an answer a request is given up; 0: never."),

    /** How many rows come at once. */
    FETCH_SIZE("fetchSize", "1000", "How many rows are fetched at once, unless a statement says otherwise."),

    /** Which instants the wall clock of a TIMESTAMP means. */
    TIME_ZONE(
            "timeZone",
            null,
            "The time zone in which a java.sql.Timestamp has the fields of a TIMESTAMP; default: that of the JVM."),

    /** Whether a login may be read on its way. */
    ALLOW_PLAIN_HTTP(
            "allowPlainHttp",
            "false",
            "Whether a password or an access token may be sent over http, unencrypted, to another machine."),

    /** Whose certificates are trusted. */
    TRUST_STORE("trustStore", null, "A file of certificates to trust for https; default: those of the JVM."),

    /** What opens that file. */
    TRUST_STORE_PASSWORD("trustStorePassword", null, "The password of the trust store."),

    /** Where to find it. */
    TRUST_STORE_PASSWORD_FILE(
            "trustStorePasswordFile", null, "A file with that password, in place of the password itself."),

    /** How the file of certificates is written. */
    TRUST_STORE_TYPE(
            "trustStoreType", null, "The kind of the trust store: PKCS12, JKS or PEM; default: PKCS12 or JKS."),

    /** What the server is shown. */
    KEY_STORE("keyStore", null, "A file with a certificate and its key, to show to the server if it asks for one."),

    /** What opens that file. */
    KEY_STORE_PASSWORD("keyStorePassword", null, "The password of the key store."),

    /** Where to find it. */
    KEY_STORE_PASSWORD_FILE(
            "keyStorePasswordFile", null, "A file with that password, in place of the password itself."),

    /** How the file of the key is written. */
    KEY_STORE_TYPE("keyStoreType", null, "The kind of the key store: PKCS12, JKS or PEM; default: PKCS12 or JKS.");

    private static final Set<DriverProperty> SECRETS =
            Set.of(PASSWORD, ACCESS_TOKEN, CLIENT_SECRET, TRUST_STORE_PASSWORD, KEY_STORE_PASSWORD);

    private final String key;
    private final @Nullable String defaultValue;
    private final String description;

    DriverProperty(String key, @Nullable String defaultValue, String description) {
        this.key = key;
        this.defaultValue = defaultValue;
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

    /** Whether its value must not be shown. */
    boolean isSecret() {
        return SECRETS.contains(this);
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
