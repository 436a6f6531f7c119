package io.icespar.engine.diagram;

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

    private QuotedName() {}

    /** The name in double quotes. */
    static String of(String name) {
        return '"' + escaped(name) + '"';
    }

    /** The name as it can stand within double quotes. */
    static String escaped(String name) {
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
