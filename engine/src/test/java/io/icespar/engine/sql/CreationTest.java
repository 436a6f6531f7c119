package io.icespar.engine.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.icespar.engine.catalog.Catalog;
import io.icespar.security.context.ContextSettings;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.Name;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CreationTest {
    private final SqlFrontend frontend = new SqlFrontend(new Catalog(List.of()));
    private final Caller admin = new Caller(Name.of("admin"), Set.of(Name.of("ROLE_USER"), Name.of("ROLE_ADMIN")));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RESTRICTION IF NOT EXISTS r ON t USING (TRUE)",
                "CONTEXT VALUE IF NOT EXISTS v INTEGER",
                "VIEW IF NOT EXISTS s.v AS SELECT 1 AS x",
                "CUBE IF NOT EXISTS c ON t"
            })
    void whatReplacesDoesNotLeaveWhatThereIs(String made) {
        IcesparException refused = assertThrows(
                IcesparException.class,
                () -> frontend.statement("CREATE OR REPLACE " + made, Optional.empty(), admin, ContextSettings.none()));
        assertEquals(ErrorCode.SYNTAX, refused.code());
        assertEquals(
                "`OR REPLACE` and `IF NOT EXISTS` cannot stand in one command: leave out one of them",
                refused.getMessage());
    }
}
