package io.icespar.server.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class SqlScriptTest {

    @Test
    void aSemicolonEndsAStatementUnlessItIsPartOfSomething() {
        String quoted = "C \";\"\"\" D";
        assertEquals(
                List.of("A ';' B", quoted, "E -- ;\nF", "G /* ; ' */ H", "I // ;'"),
                texts("A ';' B; " + quoted + "; ;;\nE -- ;\nF;\nG /* ; ' */ H\n; I // ;'"));
    }

    @Test
    void textsAreKeptAsTheyAreWritten() {
        assertEquals(List.of("A 'x\r\n ! -- '' \n;'"), texts("A 'x\r\n ! -- '' \n;'"));
        assertEquals(List.of("A 'it''s; ' B"), texts("A 'it''s; ' B"));
        assertEquals(List.of("A '\\'", "B"), texts("A '\\'; B"));
    }

    @Test
    void commentsBetweenStatementsAreLeftOut() {
        assertEquals(List.of("A", "B"), texts("-- x;\n/* ; */ // ;\nA; -- y\n B"));
        assertEquals(List.of(), texts(" \n-- x"));
        assertEquals(List.of(), texts("/* never ends"));
    }

    @Test
    void theLineIsThatOnWhichTheStatementBegins() {
        var lines = SqlScript.of("\n-- x\nA\n;B;\r\n'\n\n';\rC").statements().stream()
                .map(SqlScript.Statement::line)
                .toList();
        assertEquals(List.of(3, 4, 5, 8), lines);
    }

    @Test
    void aCommandOfTheShellIsALine() {
        assertEquals(List.of("!set x y; z", "A !", "!quit"), texts("!set x y; z\nA !; !quit"));
    }

    @Test
    void whatATextLacksAtItsEndIsLeftToTheServerToTell() {
        assertEquals(List.of("A 'x; B"), texts("A 'x; B"));
    }

    @Test
    void commandsOnRightsAreKnownByTheirFirstWord() {
        assertTrue(statement("create\nROLE r").isOnRights());
        assertTrue(statement("REVOKE x FROM y").isOnRights());
        assertFalse(statement("SELECT 1").isOnRights());
        assertFalse(statement("SET x = 1").isOnRights());
        assertTrue(statement("SET  session AUTHORIZATION u").isOnAuthorization());
        assertFalse(statement("SET sessions = 1").isOnAuthorization());
        assertFalse(statement("SET").isOnAuthorization());
    }

    private static SqlScript.Statement statement(String text) {
        return SqlScript.of(text).statements().get(0);
    }

    private static List<String> texts(String script) {
        return SqlScript.of(script).statements().stream()
                .map(SqlScript.Statement::text)
                .toList();
    }
}
