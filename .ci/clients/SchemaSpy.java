import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** SchemaSpy, which draws and describes a database by the metadata of its driver, as someone runs it. */
record SchemaSpy(Path java, Path driver, Path jar, String url, Path output) {
    private static final Set<String> TEXTS = Set.of("html", "xml", "txt", "js", "dot", "map", "svg");

    /** Describes what a user may see, and gives the folder of the pages. */
    Path describe(String user, String password) throws Exception {
        var properties = Files.writeString(
                output.resolve("icespar.properties"),
                "dbms=Icespar\ndescription=Icespar\nconnectionSpec=" + url + "\ndriver=io.icespar.jdbc.Driver\n");
        var pages = output.resolve("schemaspy-" + user);
        var said = output.resolve("schemaspy-" + user + ".txt");
        var code = new ProcessBuilder(
                        List.of(
                                java.toString(),
                                "-Djava.awt.headless=true",
                                "-jar",
                                jar.toString(),
                                "-t",
                                properties.toString(),
                                "-dp",
                                driver.toString(),
                                "-db",
                                "Icespar",
                                "-cat",
                                "%",
                                "-s",
                                "retail",
                                "-u",
                                user,
                                "-p",
                                password,
                                "-o",
                                pages.toString()))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start()
                .waitFor();
        if (code != 0) {
            throw new AssertionError("SchemaSpy ended with " + code + ":\n" + Files.readString(said));
        }
        return pages;
    }

    /** All that it wrote in words, but for the libraries that its pages come with. */
    static String words(Path pages) throws Exception {
        var words = new StringBuilder();
        try (var files = Files.walk(pages)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var name = file.getFileName().toString();
                if (!file.startsWith(pages.resolve("bower")) && TEXTS.contains(name.substring(name.lastIndexOf('.') + 1))) {
                    words.append(file).append('\n').append(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
                }
            }
        }
        return words.toString();
    }
}
