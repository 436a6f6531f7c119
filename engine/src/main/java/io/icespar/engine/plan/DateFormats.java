package io.icespar.engine.plan;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * PostgreSQL's formats of dates and times in the words of {@code strftime} and {@code strptime}: those of their elements
 * by which DuckDB writes the same, or reads the same or nothing.
 */
final class DateFormats {
    /** What is written by each element. */
    private static final Map<String, String> WRITTEN = Map.ofEntries(
            Map.entry("FMMonth", "%B"),
            Map.entry("FMDay", "%A"),
            Map.entry("Mon", "%b"),
            Map.entry("Dy", "%a"),
            Map.entry("AM", "%p"),
            Map.entry("PM", "%p"),
            Map.entry("HH24", "%H"),
            Map.entry("HH12", "%I"),
            Map.entry("HH", "%I"),
            Map.entry("MI", "%M"),
            Map.entry("SS", "%S"),
            Map.entry("MS", "%g"),
            Map.entry("US", "%f"),
            Map.entry("YYYY", "%Y"),
            Map.entry("YY", "%y"),
            Map.entry("MM", "%m"),
            Map.entry("DDD", "%j"),
            Map.entry("DD", "%d"));

    /** What is read by each element: whole dates and times, of which nothing is left to be guessed. */
    private static final Map<String, String> READ =
            Map.of("YYYY", "%Y", "MM", "%m", "DD", "%d", "HH24", "%H", "MI", "%M", "SS", "%S");

    private static final Set<String> DATE = Set.of("YYYY", "MM", "DD");

    /** Elements of which it matters how they are spelled. */
    private static final Set<String> NAMES = Set.of("FMMonth", "FMDay", "Mon", "Dy", "AM", "PM");

    private static final Pattern WORD = Pattern.compile("[\\p{L}0-9]+");

    private DateFormats() {}

    /**
     * A format in DuckDB's words.
     *
     * @param words the words; empty if there are none
     * @param refused what there are none for; empty if there are
     */
    record Said(Optional<String> words, String refused) {
        private static Said of(String words) {
            return new Said(Optional.of(words), "");
        }

        private static Said unknown(String element) {
            return new Said(Optional.empty(), element + " in its format");
        }
    }

    /** The format by which a text is written. */
    static Said writing(String format) {
        return said(format, WRITTEN, new HashSet<>());
    }

    /** The format by which a text is read; it has all parts of a date, each of them once. */
    static Said reading(String format) {
        Set<String> used = new HashSet<>();
        Said said = said(format, READ, used);
        return said.words().isPresent() && !used.containsAll(DATE)
                ? new Said(Optional.empty(), "a format without all of YYYY, MM and DD")
                : said;
    }

    private static Said said(String format, Map<String, String> elements, Set<String> used) {
        var words = new StringBuilder();
        int position = 0;
        while (position < format.length()) {
            char letter = format.charAt(position);
            if (letter == '"') {
                int end = format.indexOf('"', position + 1);
                if (end < 0 || format.substring(position, end).indexOf('\\') >= 0) {
                    return Said.unknown(format.substring(position));
                }
                words.append(format.substring(position + 1, end).replace("%", "%%"));
                position = end + 1;
                continue;
            }
            if (!Character.isLetter(letter) && letter != '\\') {
                words.append(letter == '%' ? "%%" : String.valueOf(letter));
                position++;
                continue;
            }
            Optional<String> element = element(format.substring(position), elements);
            // What comes twice is read twice by one, and refused by the other.
            if (element.isEmpty() || (elements.equals(READ) && used.contains(element.get()))) {
                return Said.unknown(word(format.substring(position)));
            }
            used.add(element.get());
            words.append(elements.get(element.get()));
            position += element.get().length();
        }
        return Said.of(words.toString());
    }

    // A number is spelled in any way; DDTH is the number with an ending, and D another element.
    private static Optional<String> element(String rest, Map<String, String> elements) {
        return elements.keySet().stream()
                .filter(element -> rest.startsWith(element)
                        || (!NAMES.contains(element) && rest.startsWith(element.toLowerCase(Locale.ROOT))))
                .max((left, right) -> Integer.compare(left.length(), right.length()))
                .filter(element -> !isFollowed(rest, element));
    }

    private static boolean isFollowed(String rest, String element) {
        String next = rest.substring(element.length());
        return next.regionMatches(true, 0, "TH", 0, 2)
                || (!next.isEmpty()
                        && Character.toUpperCase(next.charAt(0))
                                == Character.toUpperCase(element.charAt(element.length() - 1))
                        && Character.isLetter(next.charAt(0)));
    }

    private static String word(String rest) {
        Matcher word = WORD.matcher(rest);
        return word.lookingAt() ? word.group() : rest.substring(0, 1);
    }
}
