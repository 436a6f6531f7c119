package io.icespar.server.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The text of a script, cut into its statements.
 *
 * <p>A semicolon ends a statement unless it stands in a text, a quoted name or a comment; the last one may lack it. A
 * line that begins with {@code !} where a statement could begin is a command of the shell's own.
 *
 * @param statements the statements, in order
 */
record SqlScript(List<Statement> statements) {

    /** Checks and copies. */
    SqlScript {
        statements = List.copyOf(statements);
    }

    /**
     * One statement.
     *
     * @param line on which it begins, from 1
     * @param text without the semicolon
     */
    record Statement(int line, String text) {
        private static final Set<String> ON_RIGHTS = Set.of("ALTER", "CREATE", "DROP", "GRANT", "REVOKE");

        /** Whether it is a command of the shell's own. */
        boolean isOfShell() {
            return text.startsWith("!");
        }

        /** Whether it says who may see what, and gives no rows. */
        boolean isOnRights() {
            return ON_RIGHTS.contains(word(0));
        }

        /** Whether it changes whose rights the connection has. */
        boolean isOnAuthorization() {
            return word(0).equals("SET") && word(1).equals("SESSION");
        }

        private String word(int index) {
            String[] words = text.split("\\s+", index + 2);
            return index < words.length ? words[index].toUpperCase(Locale.ROOT) : "";
        }
    }

    /** The script that a text is. */
    static SqlScript of(String text) {
        return new SqlScript(new Cutter(text).cut());
    }

    /** Goes through a text from its beginning to its end. */
    private static final class Cutter {
        private final String text;
        private final List<Statement> statements = new ArrayList<>();
        private int position;
        private int line = 1;

        Cutter(String text) {
            this.text = text;
        }

        List<Statement> cut() {
            skipBetween();
            while (position < text.length()) {
                int start = position;
                int startLine = line;
                if (text.charAt(position) == '!') {
                    skipTo(endOfLine());
                } else {
                    skipStatement();
                }
                statements.add(
                        new Statement(startLine, text.substring(start, position).strip()));
                skipBetween();
            }
            return statements;
        }

        /** Goes on to where a statement begins. */
        private void skipBetween() {
            while (position < text.length()
                    && (Character.isWhitespace(text.charAt(position)) || text.charAt(position) == ';' || isComment())) {
                skipOne();
            }
        }

        private void skipStatement() {
            while (position < text.length() && text.charAt(position) != ';') {
                skipOne();
            }
        }

        private boolean isComment() {
            return text.startsWith("--", position)
                    || text.startsWith("//", position)
                    || text.startsWith("/*", position);
        }

        /** Goes on over a character, or over the text, quoted name or comment that begins here. */
        private void skipOne() {
            char c = text.charAt(position);
            if (c == '\'' || c == '"') {
                // A doubled quote ends one part and begins the next.
                skipTo(after(String.valueOf(c), position + 1));
            } else if (text.startsWith("/*", position)) {
                skipTo(after("*/", position + 2));
            } else if (isComment()) {
                skipTo(endOfLine());
            } else {
                skipTo(position + 1);
            }
        }

        private int after(String end, int from) {
            int found = text.indexOf(end, from);
            return found < 0 ? text.length() : found + end.length();
        }

        private int endOfLine() {
            int end = position;
            while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
                end++;
            }
            return end;
        }

        private void skipTo(int end) {
            for (; position < end; position++) {
                char c = text.charAt(position);
                boolean ends = c == '\n'
                        || (c == '\r' && (position + 1 == text.length() || text.charAt(position + 1) != '\n'));
                line += ends ? 1 : 0;
            }
        }
    }
}
