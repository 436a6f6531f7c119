package io.icespar.engine.diagram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuotedNameTest {
    private static final Pattern CHARACTER = Pattern.compile("#(\\d+);");

    /** What Mermaid 11.14 takes for a command wherever it stands, also within quotes. */
    private static final Pattern COMMAND =
            Pattern.compile("direction\\s+(TB|BT|RL|LR)", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    /** What it puts in the place of numbers, and back in the finished picture. */
    static final Pattern MARK = Pattern.compile("ﬂ°|¶ß");

    /** Letters and digits, and what may stand between them. */
    private static final Pattern HARMLESS =
            Pattern.compile("(([\\p{L}\\p{Nd}]|#\\d+;)+|(?<=[\\p{L}\\p{Nd}])[ _-](?=[\\p{L}\\p{Nd}]))*");

    @ParameterizedTest
    @ValueSource(strings = {"Sales", "Shop ID", "Île-de-France", "unit_price_2", "売上", "ﬂoz", "𝒜bc"})
    void aNameThatIsHarmlessIsReadable(String name) {
        assertEquals(name, QuotedName.escaped(name));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "a\"b|a#34;b",
                "#34;|#35;34#59;",
                "<b>|#60;b#62;",
                "&lt;|#38;lt#59;",
                "\\|#92;",
                "%%{init}|#37;#37;#123;init#125;",
                "`*_~x~_*`|#96;#42;#95;#126;x#126;#95;#42;#96;",
                "__proto__|#95;#95;proto#95;#95;",
                "1. x|1#46;#32;x",
                "a  b|a#32;#32;b",
                "wind direction LR|wind direction#32;LR",
                "DIRECTION TB|DIRECTION#32;TB",
                "🦊|#129418;",
                "ﬂ°°60¶ß|ﬂ#8288;#176;#176;60#182;#8288;ß"
            })
    void whatCouldMeanSomethingIsWrittenByItsNumber(String name, String text) {
        assertEquals(text, QuotedName.escaped(name));
    }

    @Property(tries = 5000)
    void noNameIsMoreThanAName(@ForAll("names") String name) {
        String text = QuotedName.escaped(name);
        assertTrue(HARMLESS.matcher(text).matches(), text);
        assertFalse(COMMAND.matcher(text).find(), text);
        assertFalse(MARK.matcher(shown(text)).find(), text);
    }

    @Property(tries = 5000)
    void everyNameIsShownAsItIs(@ForAll("names") String name) {
        // Between those marks there is a character more, which cannot be seen.
        assertEquals(name.replace("\u2060", ""), shown(QuotedName.escaped(name)).replace("\u2060", ""));
    }

    /** What Mermaid shows of a text. */
    static String shown(String text) {
        return CHARACTER
                .matcher(text)
                .replaceAll(number -> java.util.regex.Matcher.quoteReplacement(
                        Character.toString(Integer.parseInt(number.group(1)))));
    }

    /** Texts of any characters, and of what means something to Mermaid, Markdown or HTML. */
    @Provide
    Arbitrary<String> names() {
        Arbitrary<String> words = Arbitraries.of(
                "direction",
                "DIRECTION",
                " ",
                "\t",
                "\n",
                "TB",
                "lr",
                "\"",
                "#",
                ";",
                "34",
                "%%",
                "\\",
                "{",
                "}",
                "[",
                "]",
                "|o--o|",
                ":",
                "::",
                "~",
                "`",
                "*",
                "_",
                "__",
                "-",
                "---",
                ".",
                "www.",
                "a",
                "B",
                "1",
                "<script>",
                "</pre>",
                "-->",
                "&amp;",
                "$$",
                "fa:fa-car",
                "style",
                "classDef",
                "erDiagram",
                "accTitle:",
                "\r",
                "\b",
                "\u2028",
                "ﬂ°°",
                "¶ß",
                "\uD83E\uDD8A",
                "\u202E",
                "constructor");
        return Arbitraries.oneOf(
                words.list().ofMaxSize(12).map(list -> String.join("", list)),
                Arbitraries.strings().ofMaxLength(40));
    }
}
