package io.icespar.engine;

import io.icespar.engine.catalog.Catalog;
import io.icespar.engine.catalog.Column;
import io.icespar.engine.catalog.ColumnType;
import io.icespar.engine.catalog.Table;
import io.icespar.engine.sql.SqlFrontend;
import io.icespar.security.context.ContextType;
import io.icespar.security.context.ContextType.Base;
import io.icespar.security.context.TypedValue;
import io.icespar.security.cube.MemberCondition;
import io.icespar.security.entitlement.Entitlement;
import io.icespar.security.entitlement.Entitlements;
import io.icespar.security.entitlement.Provided;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import io.icespar.security.privilege.Scope;
import io.icespar.security.restriction.Restriction;
import io.icespar.security.restriction.Subject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads what providers say in the words of the security state: members that are granted become restrictions. All that
 * does not fit the catalog is told at once. For one thread, and one reading.
 */
final class EntitlementReader {
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_.-]{1,64}");

    /** A backend is not made for conditions of any size. For longer lists there are arrays as context values. */
    private static final int MAX_PATHS = 1000;

    private final SqlFrontend frontend;
    private final Catalog catalog;
    private final List<String> problems = new ArrayList<>();
    private final List<Provided.Fact> facts = new ArrayList<>();

    EntitlementReader(SqlFrontend frontend) {
        this.frontend = frontend;
        this.catalog = frontend.catalog();
    }

    /**
     * Reads what all providers say.
     *
     * @throws IcesparException {@code CONFIGURATION} with one line for each thing that does not fit
     */
    Provided read(List<Entitlements> all) {
        Set<Name> names = new HashSet<>();
        for (Entitlements said : all) {
            Name provider = said.provider();
            if (!NAME.matcher(provider.spelling()).matches()) {
                problems.add("the name of a provider must have 1 to 64 letters, digits, `_`, `.` and `-`");
            } else if (!names.add(provider)) {
                problems.add("two providers have the name `" + provider + "`");
            } else {
                read(said);
            }
        }
        if (!problems.isEmpty()) {
            throw new IcesparException(ErrorCode.CONFIGURATION, String.join("\n", problems));
        }
        return new Provided(facts);
    }

    private void read(Entitlements said) {
        Map<Entitlement.Members, List<List<Object>>> members = new LinkedHashMap<>();
        for (Entitlement each : said.all()) {
            if (each instanceof Entitlement.Value value) {
                facts.add(new Provided.Sets(said.provider(), value.role(), value.value(), value.given()));
            } else if (each instanceof Entitlement.Hidden hidden) {
                scope(said.provider(), hidden)
                        .ifPresent(scope -> facts.add(new Provided.Hides(said.provider(), hidden.role(), scope)));
            } else if (each instanceof Entitlement.Members granted) {
                // What is said of the same columns in several places is one grant.
                var key = new Entitlement.Members(granted.role(), granted.table(), granted.columns(), List.of());
                members.computeIfAbsent(key, unused -> new ArrayList<>()).addAll(granted.paths());
            }
        }
        members.forEach((key, paths) -> restriction(said.provider(), key, paths)
                .ifPresent(restriction -> facts.add(new Provided.Restricts(said.provider(), key.role(), restriction))));
    }

    /** What is hidden, with the names of the catalog. */
    private Optional<Scope> scope(Name provider, Entitlement.Hidden hidden) {
        String who = who(provider, hidden.role());
        if (hidden.scope() instanceof Scope.OfColumn of) {
            return table(who, of.table())
                    .flatMap(table -> column(who, table, of.column())
                            .map(column -> new Scope.OfColumn(table.name(), column.name())));
        } else if (hidden.scope() instanceof Scope.OfTable of) {
            return table(who, of.table()).map(table -> new Scope.OfTable(table.name()));
        }
        Name schema = ((Scope.OfSchema) hidden.scope()).schema();
        Optional<Scope> known =
                catalog.schemas().stream().filter(schema::equals).findFirst().map(Scope.OfSchema::new);
        if (known.isEmpty()) {
            problems.add(who + "schema `" + schema + "` does not exist");
        }
        return known;
    }

    /** The restriction that lets only these members pass; empty if they do not fit. */
    private Optional<Restriction> restriction(Name provider, Entitlement.Members members, List<List<Object>> paths) {
        String who = who(provider, members.role());
        Optional<Table> table = table(who, members.table());
        if (table.isEmpty()) {
            return Optional.empty();
        }
        int before = problems.size();
        List<Column> columns = members.columns().stream()
                .flatMap(name -> column(who, table.get(), name).stream())
                .toList();
        if (members.columns().isEmpty()
                || members.columns().size() != Set.copyOf(members.columns()).size()) {
            problems.add(who + "the columns of granted members of table `" + members.table()
                    + "` must be at least one, and each named once");
        }
        if (paths.isEmpty() || paths.size() > MAX_PATHS) {
            problems.add(who + paths.size() + " members of table `" + members.table() + "` are granted, expected 1 to "
                    + MAX_PATHS);
        }
        if (problems.size() > before) {
            return Optional.empty();
        }
        List<List<TypedValue>> granted = new ArrayList<>();
        for (int i = 0; i < paths.size(); i++) {
            path(who + "member path " + (i + 1) + " of table `" + members.table() + "` ", columns, paths.get(i))
                    .ifPresent(granted::add);
        }
        if (problems.size() > before) {
            return Optional.empty();
        }
        try {
            String condition = MemberCondition.ofTable(
                            columns.stream().map(Column::name).toList(), granted)
                    .text();
            return Optional.of(restriction(provider, members.role(), table.get(), columns, condition));
        } catch (IcesparException e) {
            problems.add(who + "no restriction can be made of the members of table `" + members.table() + "`: "
                    + e.getMessage());
            return Optional.empty();
        }
    }

    private Restriction restriction(Name provider, Name role, Table table, List<Column> columns, String condition) {
        List<Name> names = columns.stream().map(Column::name).toList();
        Name name = Name.of(provider + "/" + role + "/" + table.name()
                + names.stream().map(Name::spelling).collect(Collectors.joining(", ", "(", ")")));
        if (!Set.copyOf(names)
                .containsAll(frontend.checkedCondition(table, condition).columns())) {
            throw new IllegalStateException("a condition on members reads other columns than theirs");
        }
        return new Restriction(name, table.name(), condition, new Subject.Columns(Set.copyOf(names)), Set.of());
    }

    private Optional<List<TypedValue>> path(String which, List<Column> columns, List<Object> path) {
        if (path.isEmpty() || path.size() > columns.size()) {
            problems.add(which + "has " + path.size() + " elements, expected 1 to " + columns.size());
            return Optional.empty();
        }
        List<TypedValue> values = new ArrayList<>();
        for (int i = 0; i < path.size(); i++) {
            Column column = columns.get(i);
            Object given = path.get(i);
            Optional<TypedValue> value = type(column.type()).flatMap(type -> type.convert(given));
            if (value.isEmpty()) {
                problems.add(which + "does not fit column `" + column.name() + "`, which is of type `" + column.type()
                        + "`");
                return Optional.empty();
            }
            values.add(value.get());
        }
        return Optional.of(values);
    }

    /** The type of values that are compared with the column's; empty if there is none. */
    private static Optional<ContextType> type(ColumnType type) {
        return switch (type.kind()) {
            case BOOLEAN -> Optional.of(ContextType.of(Base.BOOLEAN));
            case INTEGER -> Optional.of(ContextType.of(Base.INTEGER));
            case BIGINT -> Optional.of(ContextType.of(Base.BIGINT));
            case DOUBLE -> Optional.of(ContextType.of(Base.DOUBLE));
            case DECIMAL -> Optional.of(ContextType.decimal(type.precision(), type.scale()));
            case VARCHAR -> Optional.of(ContextType.of(Base.VARCHAR));
            case DATE -> Optional.of(ContextType.of(Base.DATE));
            case TIMESTAMP -> Optional.of(ContextType.of(Base.TIMESTAMP));
            case TIME -> Optional.empty();
        };
    }

    private Optional<Table> table(String who, TableName name) {
        Optional<Table> table = catalog.find(name);
        if (table.isEmpty()) {
            problems.add(who + "table `" + name + "` does not exist");
        }
        return table;
    }

    private Optional<Column> column(String who, Table table, Name name) {
        Optional<Column> column = table.columns().stream()
                .filter(each -> each.name().equals(name))
                .findFirst();
        if (column.isEmpty()) {
            problems.add(who + "column `" + name + "` of table `" + table.name() + "` does not exist");
        }
        return column;
    }

    private static String who(Name provider, Name role) {
        return "provider `" + provider + "`, role `" + role + "`: ";
    }
}
