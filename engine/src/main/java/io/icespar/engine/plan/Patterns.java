package io.icespar.engine.plan;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * Patterns, flags and replacements as RE2 reads them, which takes time in proportion to the text whatever the pattern.
 * All of them are literals; what RE2 reads otherwise than PostgreSQL does is empty here.
 */
final class Patterns {
    // As in PostgreSQL, a dot is any character, line breaks included.
    private static final String OPTIONS = "s";
    private static final Pattern FLAGS = Pattern.compile("[cgi]*");
    private static final Pattern SPECIAL = Pattern.compile("[\\\\^$.]");

    private static final Pattern TIMES = Pattern.compile("\\{([0-9]{1,9})(?:,([0-9]{1,9})?)?\\}");
    private static final long MAX_SIZE = 2_000;

    private Patterns() {}

    /** The text of a literal; empty if it is no literal, or NULL. */
    static Optional<String> text(RexNode node) {
        return node instanceof RexLiteral literal && !literal.isNull() && SqlTypeUtil.inCharFamily(literal.getType())
                ? Optional.of(Objects.requireNonNull(literal.getValueAs(String.class)))
                : Optional.empty();
    }

    /** PostgreSQL's flags {@code c}, {@code i} and, where all matches are meant, {@code g}. */
    static Optional<String> options(RexNode flags, boolean all) {
        return text(flags)
                .filter(letters -> FLAGS.matcher(letters).matches() && (all || letters.indexOf('g') < 0))
                .map(letters -> OPTIONS
                        + (letters.lastIndexOf('i') > letters.lastIndexOf('c') ? "i" : "")
                        + (letters.indexOf('g') >= 0 ? "g" : ""));
    }

    /**
     * Whether a pattern is small enough for a backend to be stopped while it looks for it: what repeats a number of times is
     * as large as if it were written that often, and RE2 looks at all of it for each character.
     */
    static boolean isSmall(String pattern) {
        Deque<Long> outer = new ArrayDeque<>();
        long sum = 0;
        long last = 0;
        for (int i = 0; i < pattern.length() && sum <= MAX_SIZE; i++) {
            switch (pattern.charAt(i)) {
                case '(' -> {
                    outer.push(sum);
                    sum = 0;
                    last = 0;
                }
                case ')' -> {
                    last = sum;
                    sum += outer.isEmpty() ? 0 : outer.pop();
                }
                case '{' -> {
                    Matcher times = TIMES.matcher(pattern.substring(i));
                    if (times.lookingAt()) {
                        String most = Objects.requireNonNullElse(times.group(2), times.group(1));
                        long more = last * Math.max(Long.parseLong(most) - 1, 0);
                        sum += more;
                        last += more;
                    }
                }
                case '\\' -> {
                    i++;
                    last = 1;
                    sum++;
                }
                default -> {
                    last = 1;
                    sum++;
                }
            }
        }
        return sum <= MAX_SIZE;
    }

    /** Without flags. */
    static String options() {
        return OPTIONS;
    }

    /** PostgreSQL's replacement, in which {@code \1} is a group, {@code \&} all and {@code \\} a backslash. */
    static Optional<String> replacement(RexNode node) {
        return text(node).map(text -> {
            var said = new StringBuilder();
            for (int i = 0; i < text.length(); i++) {
                char letter = text.charAt(i);
                if (letter != '\\') {
                    said.append(letter);
                    continue;
                }
                char next = i + 1 < text.length() ? text.charAt(i + 1) : ' ';
                if (next >= '1' && next <= '9') {
                    said.append('\\').append(next);
                    i++;
                } else if (next == '&') {
                    said.append("\\0");
                    i++;
                } else {
                    said.append("\\\\");
                    i += next == '\\' ? 1 : 0;
                }
            }
            return said.toString();
        });
    }

    /** The pattern of {@code SIMILAR TO} as one of all the text; empty if it has classes by name, or is not one. */
    static Optional<String> similar(RexNode pattern, Optional<RexNode> escape) {
        Optional<String> sign = escape.isEmpty() ? Optional.of("\\") : escape.flatMap(Patterns::text);
        if (sign.isEmpty() || sign.get().length() > 1) {
            return Optional.empty();
        }
        return text(pattern).flatMap(text -> similar(text, sign.get()));
    }

    private static Optional<String> similar(String text, String escape) {
        var said = new StringBuilder();
        boolean set = false;
        for (int i = 0; i < text.length(); i++) {
            String letter = text.substring(i, i + 1);
            if (letter.equals(escape)) {
                i++;
                if (i == text.length()) {
                    return Optional.empty();
                }
                said.append(
                        Pattern.matches("\\p{ASCII}", text.substring(i, i + 1))
                                        && !Character.isLetterOrDigit(text.charAt(i))
                                ? "\\"
                                : "");
                said.append(text.charAt(i));
            } else if (set) {
                if (letter.equals("[")) {
                    return Optional.empty();
                }
                set = !letter.equals("]");
                said.append(letter.equals("\\") ? "\\\\" : letter);
            } else if (letter.equals("[")) {
                set = true;
                said.append(letter);
            } else if (letter.equals("%")) {
                said.append(".*");
            } else if (letter.equals("_")) {
                said.append('.');
            } else {
                said.append(SPECIAL.matcher(letter).matches() ? "\\" : "").append(letter);
            }
        }
        // RE2 would read what follows a bracket, or a second quantifier, in its own way.
        String whole = said.toString();
        boolean own = set
                || whole.contains("(?")
                || whole.contains("*?")
                || whole.contains("+?")
                || whole.contains("??")
                || whole.contains("}?");
        return own ? Optional.empty() : Optional.of(whole);
    }
}
