package io.icespar.engine;

import io.icespar.engine.backend.*;
import io.icespar.engine.catalog.*;
import io.icespar.engine.duckdb.DuckDbDialect;
import io.icespar.engine.sql.SqlFrontend;
import io.icespar.security.Bootstrap;
import io.icespar.security.Security;
import io.icespar.security.identity.*;
import io.icespar.security.store.H2SecurityStore;
import java.sql.*;
import java.util.*;
import org.jspecify.annotations.*;
import org.junit.jupiter.api.Test;

@SuppressWarnings("all")
class ScratchTest {
    @Test
    void scratch() throws Exception {
        Connection c = DriverManager.getConnection("jdbc:duckdb:");
        c.createStatement().execute("create schema retail");
        c.createStatement()
                .execute(
                        "create table retail.\"Shops\" as select 'shop_'||i as \"Shop ID\", ['Paris','Lyon','New York'][i%3+1] as \"City\", ['France','France','USA'][i%3+1] as \"Country\", ['big','small'][i%2+1] as \"Shop size\" from range(40) t(i)");
        c.createStatement()
                .execute(
                        "create table retail.\"Sales\" as select 'S'||i as \"Sale ID\", date '2021-01-01' + (i%30)::int as \"Date\", 'shop_'||(i%40) as \"Shop\", i%5::bigint as \"Quantity\", (i%7)*1.5::double as \"Unit price\" from range(5000) t(i)");
        ColumnType v = ColumnType.of(ColumnType.Kind.VARCHAR),
                b = ColumnType.of(ColumnType.Kind.BIGINT),
                d = ColumnType.of(ColumnType.Kind.DATE),
                f = ColumnType.of(ColumnType.Kind.DOUBLE);
        var shops = new io.icespar.engine.catalog.Table(
                TableName.of("retail", "Shops"),
                List.of(
                        new Column(Name.of("Shop ID"), v, false),
                        new Column(Name.of("City"), v, false),
                        new Column(Name.of("Country"), v, false),
                        new Column(Name.of("Shop size"), v, false)),
                List.of(Name.of("Shop ID")),
                List.of(),
                40);
        var sales = new io.icespar.engine.catalog.Table(
                TableName.of("retail", "Sales"),
                List.of(
                        new Column(Name.of("Sale ID"), v, false),
                        new Column(Name.of("Date"), d, false),
                        new Column(Name.of("Shop"), v, false),
                        new Column(Name.of("Quantity"), b, true),
                        new Column(Name.of("Unit price"), f, true)),
                List.of(Name.of("Sale ID")),
                List.of(new Reference(
                        List.of(Name.of("Shop")), TableName.of("retail", "Shops"), List.of(Name.of("Shop ID")))),
                5000);
        Catalog catalog = new Catalog(List.of(shops, sales));
        Security security =
                Security.open(H2SecurityStore.inMemory(), 4, com.github.benmanes.caffeine.cache.Ticker.systemTicker());
        SqlFrontend fe = new SqlFrontend(catalog);
        Bootstrap boot = security.bootstrap();
        for (var s : fe.script(
                "CREATE ROLE ROLE_PARIS; CREATE ROLE ROLE_FRANCE; CREATE USER admin PASSWORD 'x'; GRANT ROLE_ADMIN, ROLE_USER TO USER admin; CREATE USER \"par\"; GRANT ROLE_USER, ROLE_PARIS TO USER par; CREATE RESTRICTION paris ON Shops USING (\"City\" = 'Paris') TO ROLE_PARIS; CREATE RESTRICTION m ON Shops USING (exists (select 1 from Sales s where s.Shop = \"Shop ID\" and s.Quantity = 1)) TO ROLE_PARIS",
                Optional.of(Name.of("retail")))) boot.add(s.command());
        boot.commit();
        Backend backend = new Backend() {
            public RowCursor execute(BackendQuery q) {
                System.out.println("   SQL: " + q.sql().replace("\n", " ") + " " + q.parameters());
                try {
                    PreparedStatement st = c.prepareStatement(q.sql());
                    for (int i = 0; i < q.parameters().size(); i++)
                        st.setObject(i + 1, q.parameters().get(i));
                    ResultSet rs = st.executeQuery();
                    return new RowCursor() {
                        public Object[] next() {
                            try {
                                if (!rs.next()) return null;
                                Object[] r = new Object[q.columns().size()];
                                for (int i = 0; i < r.length; i++) r[i] = rs.getObject(i + 1);
                                return r;
                            } catch (SQLException e) {
                                throw new RuntimeException(e);
                            }
                        }

                        public void cancel() {}

                        public void close() {}
                    };
                } catch (SQLException e) {
                    throw new RuntimeException(e);
                }
            }

            public void close() {}
        };
        Engine engine = new Engine(catalog, backend, DuckDbDialect.INSTANCE, security);
        for (String user : List.of("admin", "par"))
            for (String sql : java.nio.file.Files.readString(java.nio.file.Path.of("/tmp/q.sql"))
                    .split(";")) {
                if (sql.isBlank()) continue;
                System.out.println(user + "> " + sql.strip());
                try {
                    var a = engine.session(Name.of(user)).query(sql);
                    if (a instanceof Answer.Rows rows) {
                        Object[] r;
                        int n = 0;
                        while ((r = rows.stream().next()) != null)
                            if (n++ < 4) System.out.println("      " + Arrays.toString(r));
                        System.out.println("      rows " + n);
                    }
                } catch (io.icespar.security.error.IcesparException e) {
                    System.out.println("   !! " + e.code() + " " + e.getMessage());
                    Throwable t = e;
                    while (t.getCause() != null) t = t.getCause();
                    if (t != e) {
                        String m = String.valueOf(t);
                        System.out.println("      " + m.substring(0, Math.min(1500, m.length())));
                        for (int i = 0; i < 6 && i < t.getStackTrace().length; i++)
                            System.out.println("        at " + t.getStackTrace()[i]);
                    }
                } catch (Throwable t) {
                    System.out.println("   !! " + t);
                }
            }
    }
}
