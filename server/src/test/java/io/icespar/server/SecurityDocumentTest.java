package io.icespar.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code docs/security.md} claims to be shown by tests has such tests, and it leaves no known attack out. */
class SecurityDocumentTest {
    private static final int ATTACKS = 116;
    private static final Path ROOT = Path.of("..");
    private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z0-9]*Test)`");
    private static final Pattern ATTACK = Pattern.compile("(?m)^\\| (\\d+) \\| [^|]+ \\| ([^|]+) \\|$");

    private static String document() throws IOException {
        return Files.readString(ROOT.resolve("docs").resolve("security.md"));
    }

    @Test
    void everyTestThatIsNamedIsThere() throws IOException {
        Set<String> there;
        try (Stream<Path> files = Files.walk(ROOT)) {
            there = files.map(file -> file.toString().replace('\\', '/'))
                    .filter(file -> file.contains("/src/test/java/") && file.endsWith("Test.java"))
                    .map(file -> file.substring(file.lastIndexOf('/') + 1, file.length() - ".java".length()))
                    .collect(Collectors.toSet());
        }
        Set<String> missing = new TreeSet<>();
        Matcher named = TEST.matcher(document());
        while (named.find()) {
            missing.add(named.group(1));
        }
        assertTrue(missing.size() > 100, "tests are named");
        missing.removeAll(there);
        assertEquals(Set.of(), missing);
    }

    @Test
    void everyAttackIsTriedOrSaidNotToApply() throws IOException {
        List<Integer> numbers = new ArrayList<>();
        Matcher attack = ATTACK.matcher(document());
        while (attack.find()) {
            numbers.add(Integer.valueOf(attack.group(1)));
            String by = attack.group(2);
            assertTrue(
                    TEST.matcher(by).find() || by.startsWith("not applicable: ") || by.startsWith("not protected, "),
                    attack.group());
        }
        assertEquals(IntStream.rangeClosed(1, ATTACKS).boxed().toList(), numbers);
    }
}
