package io.icespar.engine.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.icespar.engine.catalog.Catalog;
import io.icespar.engine.catalog.Column;
import io.icespar.engine.catalog.ColumnType;
import io.icespar.security.context.ContextSettings;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.Name;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FactSchemaTest {
    private final SqlFrontend frontend = new SqlFrontend(new Catalog(List.of()));
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger gathered = new AtomicInteger();

    @Test
    void rowsAreGatheredOnceAndOnlyForWhoReadsThem() {
        statement("VALUES 1", 1);
        assertEquals(0, asked.get());
        statement("SELECT a.X FROM INFORMATION_SCHEMA.T AS a JOIN information_schema.t AS b ON a.X = b.X", 1);
        assertEquals(1, asked.get());
    }

    @Test
    void aStatementCannotFillTheMemoryWithFacts() {
        String one = "SELECT X FROM INFORMATION_SCHEMA.T";
        statement(one, 20_000);
        IcesparException refusal = assertThrows(
                IcesparException.class, () -> statement(String.join(" UNION ", Collections.nCopies(51, one)), 20_000));
        assertEquals(ErrorCode.LIMIT_REACHED, refusal.code());
    }

    @Test
    void whereTheyAreNotNamedTheyAreNotGathered() {
        statement("SELECT 'INFORMATION_SCHEMA' FROM (VALUES (1)) AS t(x)", 1);
        assertEquals(0, gathered.get());
        statement("SELECT (SELECT COUNT(*) FROM \"information_SCHEMA\".t) FROM (VALUES (1)) AS t(x)", 1);
        assertEquals(1, gathered.get());
    }

    private void statement(String sql, int rows) {
        FactTable table = new FactTable(
                Name.of("T"), List.of(new Column(Name.of("X"), ColumnType.of(ColumnType.Kind.VARCHAR), true)), () -> {
                    asked.incrementAndGet();
                    return Collections.nCopies(rows, new @Nullable Object[] {"x"});
                });
        frontend.statement(
                SqlFrontend.parsed(sql),
                Optional.empty(),
                new Caller(Name.of("u"), Set.of()),
                ContextSettings.none(),
                () -> {
                    gathered.incrementAndGet();
                    return List.of(table);
                });
    }
}
