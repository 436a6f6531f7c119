package io.icespar.server.browser;

import java.util.regex.Pattern;

/**
 * A page of this server to come back to after a login: a path, and what follows it.
 *
 * @param path as it goes into {@code Location}; begins with a single slash
 */
record ReturnAddress(String path) {
    /** Where nothing else is asked for. */
    static final ReturnAddress HOME = new ReturnAddress("/");

    private static final int MAX_LENGTH = 1_024;

    /**
     * What browsers take for a path, and nothing that they correct: {@code //} and {@code /\} lead to another host, and so
     * do they with a tab or a line break between.
     */
    private static final Pattern PATH = Pattern.compile("/(?!/)[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*");

    /** The pages of the login itself, which would lead in a circle. */
    private static final Pattern LOGIN = Pattern.compile("/(login|logout)([/?;].*)?");

    /** The address that a text is, if it is one of this server, and {@link #HOME} otherwise. */
    static ReturnAddress of(String text) {
        boolean isOurs = text.length() <= MAX_LENGTH
                && PATH.matcher(text).matches()
                && !LOGIN.matcher(text).matches();
        return isOurs ? new ReturnAddress(text) : HOME;
    }
}
