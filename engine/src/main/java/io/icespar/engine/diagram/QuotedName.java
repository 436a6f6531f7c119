package io.icespar.engine.diagram;

import java.util.regex.Pattern;

/**
 * Writes names so that Mermaid shows them as they are, whatever they hold.
 *
 * <p>What Mermaid, Markdown or HTML could take for anything but text is written by its number, such as {@code #34;} for a
 * double quote: Mermaid puts the character in its place when all else is done. Letters, digits, and single blanks,
 * underscores and hyphens between them are left as they are, so that people can read the text.
 */
final class QuotedName {
    /** Mermaid reads this before a blank and the letters of a direction as a command, also within quotes. */
    private static final String COMMAND = "direction";

    /** Mermaid takes these for marks of its own, also when it has put characters in the place of their numbers. */
    private static final Pattern MARKS = Pattern.compile("(?<=\uFB02)(?=\u00B0)|(?<=\u00B6)(?=\u00DF)");

    /** Has no width, and nothing is broken at it. */
    private static final String WORD_JOINER = "\u2060";

    private QuotedName() {}

    /** The name as it can stand within double quotes. */
    static String escaped(String spelling) {
        String name = MARKS.matcher(spelling).replaceAll(WORD_JOINER);
        StringBuilder text = new StringBuilder(name.length() + 16);
        for (int i = 0; i < name.length(); ) {
            int character = name.codePointAt(i);
            if (Character.isLetterOrDigit(character) || joins(name, i)) {
                text.appendCodePoint(character);
            } else {
                text.append('#').append(character).append(';');
            }
            i += Character.charCount(character);
        }
        return text.toString();
    }

    /** Whether at that place there is something that is harmless between two letters or digits, and whether it is. */
    private static boolean joins(String name, int place) {
        char character = name.charAt(place);
        return (character == ' ' || character == '_' || character == '-')
                && place > 0
                && place + 1 < name.length()
                && Character.isLetterOrDigit(name.codePointBefore(place))
                && Character.isLetterOrDigit(name.codePointAt(place + 1))
                && !name.regionMatches(true, place - COMMAND.length(), COMMAND, 0, COMMAND.length());
    }
}
