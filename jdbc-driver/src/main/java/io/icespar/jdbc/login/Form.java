package io.icespar.jdbc.login;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Names and values as a web form sends them, and which of the values are secret. */
final class Form {
    private final StringBuilder text = new StringBuilder();
    private final List<Secret> secrets = new ArrayList<>();

    Form with(String name, String value) {
        text.append(text.length() == 0 ? "" : "&")
                .append(encode(name))
                .append('=')
                .append(encode(value));
        return this;
    }

    Form with(String name, Secret value) {
        secrets.add(value);
        return with(name, value.reveal());
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Its secret values. */
    List<Secret> secrets() {
        return List.copyOf(secrets);
    }

    /** All of it, secrets too. */
    String encoded() {
        return text.toString();
    }
}
