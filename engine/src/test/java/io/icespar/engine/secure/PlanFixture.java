package io.icespar.engine.secure;

import io.icespar.engine.catalog.Catalog;
import io.icespar.engine.catalog.Column;
import io.icespar.engine.catalog.ColumnType;
import io.icespar.engine.catalog.Reference;
import io.icespar.engine.catalog.Table;
import io.icespar.engine.sql.SqlFrontend;
import io.icespar.engine.sql.Statement;
import io.icespar.engine.sql.ValidatedQuery;
import io.icespar.security.context.ContextValueManager;
import io.icespar.security.context.ContextValues;
import io.icespar.security.context.TransientValues;
import io.icespar.security.identity.AuthorityComparator;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.ListedAuthorities;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import io.icespar.security.privilege.DefaultAccess;
import io.icespar.security.store.SecurityState;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.calcite.plan.RelOptUtil;

/**
 * A caller and a security state over tables without rows: what a query may see shows in its plan. Immutable.
 *
 * <p>{@code Sales} refers to {@code Shops} and that to {@code Regions}; {@code Gifts} stands alone; {@code Types} has a
 * column of each type.
 */
public record PlanFixture(SecurityState state, Caller caller, DefaultAccess access) {
    private static final Optional<Name> SCHEMA = Optional.of(Name.of("s"));
    private static final ColumnType TEXT = ColumnType.of(ColumnType.Kind.VARCHAR);
    private static final ColumnType NUMBER = ColumnType.of(ColumnType.Kind.BIGINT);

    /** The tables. */
    public static final Catalog CATALOG = new Catalog(List.of(
            table("Regions", List.of(), column("Region", TEXT), new Column(Name.of("Boss"), TEXT, false)),
            table(
                    "Shops",
                    List.of(reference("Region", "Regions")),
                    column("Shop", TEXT),
                    column("City", TEXT),
                    column("Size", NUMBER),
                    column("Region", TEXT)),
            table(
                    "Sales",
                    List.of(reference("Shop", "Shops")),
                    column("Sale", TEXT),
                    column("Shop", TEXT),
                    column("Quantity", NUMBER)),
            table("Gifts", List.of(), column("Id", TEXT), column("Price", NUMBER)),
            table(
                    "Types",
                    List.of(),
                    column("b", ColumnType.of(ColumnType.Kind.BOOLEAN)),
                    column("i", ColumnType.of(ColumnType.Kind.INTEGER)),
                    column("l", NUMBER),
                    column("f", ColumnType.of(ColumnType.Kind.DOUBLE)),
                    column("d", ColumnType.decimal(10, 2)),
                    column("whole", ColumnType.decimal(38, 0)),
                    column("fraction", ColumnType.decimal(20, 20)),
                    column("t", TEXT),
                    column("da", ColumnType.of(ColumnType.Kind.DATE)),
                    column("ti", ColumnType.of(ColumnType.Kind.TIME)),
                    column("ts", ColumnType.of(ColumnType.Kind.TIMESTAMP)))));

    private static Table table(String name, List<Reference> references, Column... columns) {
        return new Table(TableName.of("s", name), List.of(columns), List.of(columns[0].name()), references);
    }

    private static Column column(String name, ColumnType type) {
        return new Column(Name.of(name), type, true);
    }

    private static Reference reference(String column, String target) {
        return new Reference(List.of(Name.of(column)), TableName.of("s", target), List.of(Name.of(column)));
    }

    /** After the commands, seen by a user {@code u} with {@code ROLE_USER} and the role {@code r}, which is there. */
    public static PlanFixture of(String... commands) {
        SecurityState[] made = {SecurityState.empty()};
        new SqlFrontend(CATALOG)
                .script(
                        Stream.concat(Stream.of("CREATE ROLE r"), Stream.of(commands))
                                .collect(Collectors.joining(";\n")),
                        SCHEMA,
                        () -> made[0],
                        command -> made[0] = made[0].after(command.command()));
        return new PlanFixture(made[0], caller("ROLE_USER", "r"), DefaultAccess.OPEN);
    }

    private static Caller caller(String... roles) {
        return new Caller(Name.of("u"), Stream.of(roles).map(Name::of).collect(Collectors.toSet()));
    }

    /** Seen by who holds these roles. */
    public PlanFixture as(String... roles) {
        return new PlanFixture(state, caller(roles), access);
    }

    /** Where nothing may be read that was not granted. */
    public PlanFixture closed() {
        return new PlanFixture(state, caller, DefaultAccess.CLOSED);
    }

    /** The caller's context values. */
    public ContextValues values() {
        return new ContextValueManager(new ListedAuthorities(List.of()))
                .resolve(caller, state.context(), TransientValues.none());
    }

    /** The stage that restricts, with roles heard in the order of their names. */
    public Restrictor restrictor() {
        return restrictor(new ListedAuthorities(List.of()));
    }

    /** The stage that restricts. */
    public Restrictor restrictor(AuthorityComparator authorities) {
        return new Restrictor(CATALOG, access, authorities);
    }

    /** The query as the caller wrote it. */
    public ValidatedQuery validated(String sql) {
        return ((Statement.Query) restrictor().frontend(caller, state).statement(sql, SCHEMA, caller, state.context()))
                .query();
    }

    /** The query once it is secured. */
    public SecuredQuery secured(String sql) {
        return restrictor().secure(validated(sql), caller, state, values());
    }

    /** The secured tree as a text. */
    public String tree(String sql) {
        return RelOptUtil.toString(secured(sql).tree());
    }

    /** Those tables. */
    public static Set<TableName> tables(String... names) {
        return Stream.of(names).map(name -> TableName.of("s", name)).collect(Collectors.toSet());
    }
}
