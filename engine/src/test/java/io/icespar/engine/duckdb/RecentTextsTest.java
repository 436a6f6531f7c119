package io.icespar.engine.duckdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RecentTextsTest {
    private final RecentTexts texts = new RecentTexts();

    private String of(String text) {
        return texts.of(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void eachTextIsWhatItsBytesSay() {
        String letters = "aZ09é€😀\0 ";
        for (int round = 0; round < 2; round++) {
            assertEquals("", of(""));
            letters.codePoints()
                    .mapToObj(Character::toString)
                    .forEach(a -> letters.codePoints()
                            .mapToObj(Character::toString)
                            .forEach(b -> letters.codePoints()
                                    .mapToObj(Character::toString)
                                    .forEach(c -> {
                                        assertEquals(a, of(a));
                                        assertEquals(a + b, of(a + b));
                                        assertEquals(a + b + c, of(a + b + c));
                                        assertEquals(a + b + "x" + c, of(a + b + "x" + c));
                                        assertEquals((a + b + c).repeat(20), of((a + b + c).repeat(20)));
                                    })));
        }
    }

    @Test
    void whatComesAgainIsTheSame() {
        String first = of("DELIVER IN PERSON");
        of("NONE");
        assertSame(first, of("DELIVER IN PERSON"));
    }
}
