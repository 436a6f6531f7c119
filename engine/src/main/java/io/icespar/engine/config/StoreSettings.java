package io.icespar.engine.config;

import static io.icespar.engine.config.Problems.quote;

import io.icespar.engine.config.SettingsFile.Section;
import io.icespar.security.identity.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where users, roles and restrictions are kept: {@code store} in the section {@code security}. */
public sealed interface StoreSettings {
    /** The environment variable that names the user of the database, where the file does not. */
    String USER_VARIABLE = "ICESPAR_STORE_USER";

    /** The environment variable that holds that user's password, where the file does not. */
    String PASSWORD_VARIABLE = "ICESPAR_STORE_PASSWORD";

    /** {@code memory}: until the engine is closed. */
    record Memory() implements StoreSettings {}

    /** {@code file}: in a file in the data folder. */
    record File() implements StoreSettings {}

    /**
     * A JDBC URL: in a database of PostgreSQL, which several servers may share.
     *
     * @param url {@code store}: {@code jdbc:postgresql://host:port/database}
     * @param user {@code store-user}, or what {@value #USER_VARIABLE} says
     * @param password {@code store-password}, or what {@value #PASSWORD_VARIABLE} says
     * @param maxAge {@code store-max-age-seconds}: how long queries are answered when the database cannot be reached;
     *     10 seconds by default
     */
    record PostgreSql(String url, Optional<String> user, Optional<Secret> password, Duration maxAge)
            implements StoreSettings {}

    /** Reads the keys; what the file leaves out about the database's user is looked up in the environment. */
    static StoreSettings from(Section security, Map<String, String> environment) {
        String store = security.text("store", "file");
        if (store.startsWith("jdbc:postgresql:")) {
            if (store.contains("password=")) {
                security.problem(
                        security.at("store"),
                        "`store` holds a password, which would show in messages: use `store-password`, or the"
                                + " environment variable `" + PASSWORD_VARIABLE + "`");
            }
            return new PostgreSql(
                    store,
                    security.findText("store-user").or(() -> Optional.ofNullable(environment.get(USER_VARIABLE))),
                    security.findSecret("store-password")
                            .or(() -> Optional.ofNullable(environment.get(PASSWORD_VARIABLE))
                                    .map(Secret::new)),
                    Duration.ofSeconds(security.number("store-max-age-seconds", 2, 86_400, 10)));
        }
        for (String key : List.of("store-user", "store-password", "store-max-age-seconds")) {
            if (security.findText(key).isPresent()) {
                security.problem(
                        security.at(key), quote(key) + " is for a store in PostgreSQL, but `store` is " + quote(store));
            }
        }
        if (!store.equals("memory") && !store.equals("file")) {
            security.problem(
                    security.at("store"),
                    "`store` is " + quote(store)
                            + ", expected `memory` or `file` or `jdbc:postgresql://host:port/database`");
        }
        return store.equals("memory") ? new Memory() : new File();
    }
}
