package io.icespar.security.export;

import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import io.icespar.security.privilege.Privileges;
import io.icespar.security.privilege.Scope;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Privileges to read, a whole before its parts: what is said of a whole takes back what was said of them. */
final class PrivilegeCommands {
    private static final Comparator<TableName> BY_NAME =
            Comparator.comparing(TableName::schema).thenComparing(TableName::table);

    private PrivilegeCommands() {}

    static Stream<String> said(Privileges privileges) {
        return privileges.said().entrySet().stream().flatMap(said -> said(said.getKey(), said.getValue()));
    }

    private static Stream<String> said(Name grantee, Map<Scope, Boolean> words) {
        Stream<String> schemas = of(words, Scope.OfSchema.class)
                .sorted(Comparator.comparing(Scope.OfSchema::schema))
                .map(scope -> command(is(words, scope), "", "SCHEMA " + Words.name(scope.schema()), grantee));
        Stream<String> tables = of(words, Scope.OfTable.class)
                .sorted(Comparator.comparing(Scope.OfTable::table, BY_NAME))
                .map(scope -> command(is(words, scope), "", "TABLE " + Words.table(scope.table()), grantee));
        return Stream.of(schemas, tables, columns(grantee, words)).flatMap(commands -> commands);
    }

    /** The columns of a table that were all granted, or all revoked, in one command. */
    private static Stream<String> columns(Name grantee, Map<Scope, Boolean> words) {
        record Said(TableName table, boolean granted) {}

        Map<Said, TreeSet<Name>> columns = new LinkedHashMap<>();
        of(words, Scope.OfColumn.class)
                .sorted(Comparator.comparing(Scope.OfColumn::table, BY_NAME))
                .forEach(scope -> columns.computeIfAbsent(
                                new Said(scope.table(), is(words, scope)), said -> new TreeSet<>())
                        .add(scope.column()));
        return columns.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(
                        Comparator.comparing(Said::table, BY_NAME).thenComparing(Said::granted)))
                .map(entry -> command(
                        entry.getKey().granted(),
                        " ("
                                + String.join(
                                        ", ",
                                        entry.getValue().stream()
                                                .map(Words::name)
                                                .toList()) + ")",
                        "TABLE " + Words.table(entry.getKey().table()),
                        grantee));
    }

    private static <S extends Scope> Stream<S> of(Map<Scope, Boolean> words, Class<S> kind) {
        return words.keySet().stream().filter(kind::isInstance).map(kind::cast);
    }

    private static boolean is(Map<Scope, Boolean> words, Scope scope) {
        return Boolean.TRUE.equals(words.get(scope));
    }

    private static String command(boolean granted, String columns, String on, Name grantee) {
        return (granted ? "GRANT SELECT" : "REVOKE SELECT") + columns + " ON " + on + (granted ? " TO " : " FROM ")
                + Words.names(List.of(grantee));
    }
}
