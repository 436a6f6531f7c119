package io.icespar.engine.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.icespar.engine.config.SettingsFile.Section;
import io.icespar.engine.config.SettingsFile.Text;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsFileTest {
    private final Path folder;

    SettingsFileTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private enum Colour {
        RED,
        DARK_BLUE
    }

    private record Example(
            String name, int port, boolean quiet, Colour colour, Path where, List<String> keys, Optional<String> note) {
        static Example from(Section root) {
            Section inner = root.section("inner");
            return new Example(
                    root.text("name"),
                    inner.number("port", 0, 65535, 8765),
                    inner.flag("quiet", false),
                    root.choice("colour", Colour.RED),
                    root.path("where"),
                    root.texts("keys").stream().map(Text::value).toList(),
                    root.findText("note"));
        }
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("a.yaml"), text);
    }

    private void fails(String text, Function<Section, ?> reader, String... lines) throws IOException {
        var e = assertThrows(IcesparException.class, () -> SettingsFile.read(write(text), reader));
        assertEquals(ErrorCode.CONFIGURATION, e.code());
        assertEquals(String.join("\n", lines), e.getMessage().replace(folder + "/", ""));
    }

    private void fails(String text, String... lines) throws IOException {
        fails(text, Example::from, lines);
    }

    @Test
    void everyKindOfValueIsRead() throws IOException {
        var example = SettingsFile.read(write("""
                        # a comment
                        name: "a: b"
                        colour: dark-blue
                        where: ../data
                        inner: {port: 80, quiet: true}
                        keys: [one, 2, "3"]
                        note: yes
                        """), Example::from);
        assertEquals(
                new Example(
                        "a: b",
                        80,
                        true,
                        Colour.DARK_BLUE,
                        folder.resolve("../data"),
                        List.of("one", "2", "3"),
                        Optional.of("yes")),
                example);
    }

    @Test
    void absentKeysGetTheirDefaults() throws IOException {
        assertEquals(
                new Example("n", 8765, false, Colour.RED, folder.resolve("x"), List.of("k"), Optional.empty()),
                SettingsFile.read(write("\uFEFFname: n\nwhere: x\nkeys: k\n"), Example::from));
    }

    @Test
    void allProblemsAreToldAtOnceInTheOrderOfTheFile() throws IOException {
        fails(
                """
                nmae: x
                colour: green
                where: [a, b]
                inner:
                  port: 65536
                  quiet: yes
                  speed: 3
                keys:
                  - {a: b}
                """,
                "a.yaml:1:1: key `name` is missing, expected text",
                "a.yaml:1:1: unknown key `nmae`, did you mean `name`?",
                "a.yaml:2:9: `colour` is `green`, expected `red` or `dark-blue`",
                "a.yaml:3:8: `where` is a list, expected a path",
                "a.yaml:5:9: `port` is `65536`, expected a whole number from 0 to 65535",
                "a.yaml:6:10: `quiet` is `yes`, expected `true` or `false`",
                "a.yaml:7:3: unknown key `speed`",
                "a.yaml:9:5: an item of `keys` is a section, expected text");
    }

    @Test
    void anUnknownKeyIsAnsweredWithWhatIsNearOrWithAllThatMayStandThere() throws IOException {
        fails(
                "name: n\nwhere: w\nCOLOUR: red\ninner: {xyzzy: 1}\n",
                "a.yaml:3:1: unknown key `COLOUR`, did you mean `colour`?",
                "a.yaml:4:9: unknown key `xyzzy`, expected one of `port`, `quiet`");
    }

    @Test
    void aKeyThatIsThereTwiceIsRefused() throws IOException {
        fails("name: n\nwhere: w\nname: m\n", "a.yaml:3:1: key `name` is there twice, first in line 1");
    }

    @Test
    void aKeyWithoutAValueIsRefused() throws IOException {
        fails(
                "name:\nwhere: ''\n",
                "a.yaml:1:6: `name` is empty, expected text",
                "a.yaml:2:8: `where` is ``, expected a path");
    }

    @Test
    void aSectionIsNotTextAndTextIsNotASection() throws IOException {
        fails(
                "name: {a: b}\nwhere: w\ninner: 3\n",
                "a.yaml:1:7: `name` is a section, expected text",
                "a.yaml:3:8: `inner` is `3`, expected a section");
    }

    @Test
    void numbersAreWrittenInOneWayOnly() throws IOException {
        for (String number : List.of("010", "0x50", "1_000", "1e3", "80.0", "99999999999999999999", "''")) {
            String shown = number.replace("''", "");
            fails(
                    "name: n\nwhere: w\ninner:\n  port: " + number + "\n",
                    "a.yaml:4:9: `port` is `" + shown + "`, expected a whole number from 0 to 65535");
        }
    }

    @Test
    void whatIsNotYamlIsAnErrorWithItsPlace() throws IOException {
        fails("name: n\nwhere: a: b\n", "a.yaml:2:9: this is not YAML: mapping values are not allowed here");
        fails(
                "name: n\n\tquiet: true\n",
                "a.yaml:2:1: this is not YAML: found character '\\t(TAB)' that cannot start any token."
                        + " (Do not use \\t(TAB) for indentation)");
        fails("- name\n", "a.yaml:1:1: the file is a list, expected keys with values");
        fails("a: b\n---\nc: d\n", "a.yaml:2:1: this is not YAML: but found another document");
    }

    @Test
    void anEmptyFileLacksItsKeys() throws IOException {
        fails(
                "",
                "a.yaml:1:1: key `name` is missing, expected text",
                "a.yaml:1:1: key `where` is missing, expected a path");
    }

    @Test
    void aFileThatIsNotThereOrCannotBeReadIsAnError() throws IOException {
        Path missing = folder.resolve("b.yaml");
        var e = assertThrows(IcesparException.class, () -> SettingsFile.read(missing, Example::from));
        assertEquals(missing + ": there is no such file", e.getMessage());
        e = assertThrows(IcesparException.class, () -> SettingsFile.read(folder, Example::from));
        assertEquals(folder + ": this is a folder, expected a file", e.getMessage());
        Path latin = Files.write(missing, "name: \u00fcber".getBytes(StandardCharsets.ISO_8859_1));
        e = assertThrows(IcesparException.class, () -> SettingsFile.read(latin, Example::from));
        assertEquals(latin + ": the file is not UTF-8", e.getMessage());
    }

    @Test
    void aSecretIsShownByNoMessage() throws IOException {
        assertEquals(
                "Optional[***]",
                SettingsFile.read(write("password: changeit"), root -> root.findSecret("password"))
                        .toString());
        var e = assertThrows(
                IcesparException.class,
                () -> SettingsFile.read(write("password: [changeit]"), root -> root.findSecret("password")));
        assertFalse(e.getMessage().contains("changeit"));
    }

    @Test
    void aFileOrFolderThatMustExistIsMissed() throws IOException {
        fails(
                "a: a.yaml\nb: none.csv\nc: .\nd: nowhere\n",
                root -> List.of(root.file("a"), root.file("b"), root.folder("c"), root.folder("d"), root.file("e")),
                "a.yaml:1:1: key `e` is missing, expected the path of a file",
                "a.yaml:2:4: `b` is `none.csv`, but there is no such file",
                "a.yaml:4:4: `d` is `nowhere`, but there is no such folder");
    }

    @Test
    void aLongPathIsShownWhole() throws IOException {
        String path = "folder/".repeat(20) + "none.csv";
        fails(
                "a: " + path + "\n",
                root -> root.file("a"),
                "a.yaml:1:4: `a` is `" + path + "`, but there is no such file");
    }

    @Test
    void namesWithValuesKeepTheirOrderAndPlace() throws IOException {
        Path file = write("tables:\n  b: {file: x}\n  a: {file: y}\ntypes: {k: v}\n");
        assertEquals(List.of("b=x@2", "a=y@3"), SettingsFile.read(file, root -> {
            root.leave("types");
            return root.namedSections("tables").stream()
                    .map(table -> table.name().value() + "=" + table.text("file") + "@"
                            + table.name().at().line())
                    .toList();
        }));
        assertEquals(
                "{Text[value=k, at=" + file + ":4:9]=Text[value=v, at=" + file + ":4:12]}",
                SettingsFile.read(file, root -> {
                            root.leaveOthers();
                            return root.namedTexts("types");
                        })
                        .toString());
    }

    @Test
    void valuesInMessagesAreShortAndOnOneLine() throws IOException {
        String value = "x".repeat(100).toUpperCase(Locale.ROOT);
        fails(
                "name: n\nwhere: w\ncolour: " + value + "\ninner: {quiet: \"a\\nb\"}\n",
                "a.yaml:3:9: `colour` is `" + value.substring(0, 60) + "…`, expected `red` or `dark-blue`",
                "a.yaml:4:16: `quiet` is `a\\nb`, expected `true` or `false`");
    }
}
