package io.icespar.engine.sql;

import io.icespar.engine.catalog.Catalog;
import io.icespar.engine.catalog.Table;
import io.icespar.engine.cube.CubeField;
import io.icespar.engine.cube.CubeNames;
import io.icespar.engine.cube.CubeTree;
import io.icespar.security.command.SecurityCommand;
import io.icespar.security.context.ContextSettings;
import io.icespar.security.context.ContextType;
import io.icespar.security.context.GivenValue;
import io.icespar.security.context.TypedValue;
import io.icespar.security.cube.Cube;
import io.icespar.security.cube.CubeColumn;
import io.icespar.security.cube.DefaultMember;
import io.icespar.security.cube.Hierarchy;
import io.icespar.security.cube.HierarchyName;
import io.icespar.security.cube.Level;
import io.icespar.security.cube.Measure;
import io.icespar.security.cube.MemberPath;
import io.icespar.security.cube.MembersGrant;
import io.icespar.security.cube.Part;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;

/**
 * Checks the commands on cubes, and says them as data.
 *
 * @param catalog all tables, views and cubes
 * @param converter over that catalog
 * @param settings the context values that there are
 * @param sql the statement
 * @param defaultSchema where names without a schema are looked up
 */
record CubeCommands(
        Catalog catalog, QueryConverter converter, ContextSettings settings, String sql, Optional<Name> defaultSchema) {

    SecurityCommand command(CubeCommand command) {
        if (command instanceof CubeCommand.Create create) {
            return create(create);
        } else if (command instanceof CubeCommand.Drop drop) {
            return new SecurityCommand.DropCube(named(drop.cube()), drop.ifExists());
        } else if (command instanceof CubeCommand.AddHierarchy add) {
            Cube cube = cube(add.cube());
            CubeTree tree = tree(cube.fact(), add.cube());
            Hierarchy hierarchy = hierarchy(add.hierarchy(), tree);
            checkNames(
                    columns(add.hierarchy()),
                    cube.measures().stream().map(Measure::name).collect(Collectors.toSet()));
            return new SecurityCommand.AddHierarchy(cube.name(), hierarchy);
        } else if (command instanceof CubeCommand.AddMeasure add) {
            return addMeasure(add);
        } else if (command instanceof CubeCommand.DropPart drop) {
            return new SecurityCommand.DropCubePart(new Part(cube(drop.cube()).name(), drop.kind(), name(drop.name())));
        } else if (command instanceof CubeCommand.Visibility set) {
            // What is taken back may be of a cube that is gone.
            TableName cube = set.isShown().isPresent() ? cube(set.cube()).name() : named(set.cube());
            Part part = new Part(cube, set.kind(), name(set.name()));
            return set.isShown()
                    .<SecurityCommand>map(isShown -> new SecurityCommand.SetVisibility(part, set.role(), isShown))
                    .orElseGet(() -> new SecurityCommand.ResetVisibility(part, set.role()));
        } else if (command instanceof CubeCommand.DefaultMember set) {
            return defaultMember(set);
        }
        return members((CubeCommand.Members) command);
    }

    // Names

    private static Name name(SqlIdentifier identifier) {
        return Name.of(identifier.getSimple());
    }

    private Cube cube(SqlIdentifier identifier) {
        return new CatalogNames(catalog).cube(identifier, defaultSchema).definition();
    }

    /** The name of a cube that may be gone. */
    private TableName named(SqlIdentifier identifier) {
        TableName name = new CatalogNames(catalog).fullName("cube", identifier, defaultSchema);
        new CatalogNames(catalog).checkKind("cube", name, identifier);
        return name;
    }

    private CubeTree tree(TableName fact, SqlIdentifier where) {
        return CubeTree.of(catalog, fact)
                .orElseThrow(() -> new IcesparException(
                        ErrorCode.UNDEFINED_TABLE,
                        "table `" + fact + "`, whose rows the cube has, does not exist" + SqlErrors.place(where)));
    }

    // Cubes

    private SecurityCommand create(CubeCommand.Create create) {
        CatalogNames names = new CatalogNames(catalog);
        TableName name = names.newName("cube", create.cube(), defaultSchema);
        Table fact = names.table(create.fact(), defaultSchema);
        CubeTree tree = tree(fact.name(), create.fact());
        checkNames(create);
        CubeParts parts = new CubeParts(name, tree, create.isAuto(), written(create));
        create.hierarchies().forEach(clause -> parts.add(hierarchy(clause, tree)));
        MeasureExpressions expressions =
                new CubeShapes(converter, catalog, catalog, settings).expressions(parts.withoutMeasures(), tree);
        parts.addOwnMeasures(expressions);
        create.measures().forEach(clause -> parts.add(measure(clause, expressions, parts.measures())));
        return new SecurityCommand.CreateCube(parts.cube(), create.orReplace(), create.ifNotExists());
    }

    /** The names of all parts that are written out. */
    private static List<Name> written(CubeCommand.Create create) {
        List<Name> names = new ArrayList<>();
        create.hierarchies().forEach(hierarchy -> {
            names.add(name(hierarchy.name()));
            hierarchy.levels().forEach(level -> names.add(name(level.name())));
        });
        create.measures().forEach(measure -> names.add(name(measure.name())));
        return names;
    }

    private static void checkNames(CubeCommand.Create create) {
        checkOnce(
                "hierarchy",
                create.hierarchies().stream()
                        .map(CubeCommand.HierarchyClause::name)
                        .toList());
        List<SqlIdentifier> columns = new ArrayList<>();
        create.hierarchies().forEach(hierarchy -> columns.addAll(columns(hierarchy)));
        create.measures().forEach(measure -> columns.add(measure.name()));
        checkOnce("level or measure", columns);
    }

    private static List<SqlIdentifier> columns(CubeCommand.HierarchyClause hierarchy) {
        return hierarchy.levels().stream().map(CubeCommand.LevelClause::name).toList();
    }

    private static void checkOnce(String kind, List<SqlIdentifier> names) {
        checkNames(kind, names, new HashSet<>());
    }

    private static void checkNames(List<SqlIdentifier> levels, Set<Name> measures) {
        checkNames("level or measure", levels, new HashSet<>(measures));
    }

    private static void checkNames(String kind, List<SqlIdentifier> names, Set<Name> taken) {
        for (SqlIdentifier identifier : names) {
            if (!taken.add(name(identifier))) {
                throw new IcesparException(
                        ErrorCode.DUPLICATE_OBJECT,
                        "the cube has two times a " + kind + " `" + name(identifier) + "`"
                                + SqlErrors.place(identifier));
            }
        }
    }

    private static Hierarchy hierarchy(CubeCommand.HierarchyClause clause, CubeTree tree) {
        CubeNames names = new CubeNames(tree);
        List<Level> levels = new ArrayList<>();
        for (CubeCommand.LevelClause level : clause.levels()) {
            levels.add(new Level(name(level.name()), CubeParts.column(names, level.column())));
        }
        return CubeParts.hierarchy(
                name(clause.name()),
                levels,
                clause.isSlicing(),
                clause.dimension().map(CubeCommands::name),
                tree);
    }

    private CubeField.OfMeasure measure(
            CubeCommand.MeasureClause clause, MeasureExpressions expressions, List<CubeField.OfMeasure> known) {
        clause.format().ifPresent(format -> CubeParts.checkFormat(SqlCommand.text(format), SqlErrors.place(format)));
        String text = sql.substring(SqlErrors.endIndex(sql, clause.open()), SqlErrors.endIndex(sql, clause.end()))
                .strip();
        return expressions.define(
                name(clause.name()),
                clause.expression(),
                text,
                clause.format().map(SqlCommand::text),
                clause.description().map(SqlCommand::text),
                known);
    }

    private SecurityCommand addMeasure(CubeCommand.AddMeasure add) {
        Cube cube = cube(add.cube());
        CubeTree tree = tree(cube.fact(), add.cube());
        CubeShapes shapes = new CubeShapes(converter, catalog, catalog, settings);
        CubeField.OfMeasure measure =
                measure(add.measure(), shapes.expressions(cube, tree), shapes.compiled(cube, tree));
        return new SecurityCommand.AddMeasure(cube.name(), measure.measure());
    }

    // What is said of them

    private Hierarchy hierarchy(Cube cube, SqlIdentifier identifier) {
        return cube.findHierarchy(name(identifier))
                .orElseThrow(() -> new IcesparException(
                        ErrorCode.UNDEFINED_OBJECT,
                        "cube `" + cube.name() + "` has no hierarchy `" + name(identifier) + "`"
                                + SqlErrors.place(identifier)));
    }

    private SecurityCommand defaultMember(CubeCommand.DefaultMember set) {
        if (set.path().isEmpty()) {
            return new SecurityCommand.ResetDefaultMember(
                    new HierarchyName(named(set.cube()), name(set.hierarchy())), set.grantee());
        }
        Cube cube = cube(set.cube());
        Hierarchy hierarchy = hierarchy(cube, set.hierarchy());
        MemberPath member = path(set.path().get(), cube, hierarchy, set.hierarchy());
        return new SecurityCommand.SetDefaultMember(
                new DefaultMember(new HierarchyName(cube.name(), hierarchy.name()), set.grantee(), member));
    }

    private SecurityCommand members(CubeCommand.Members members) {
        if (!members.isGrant() && members.paths().isEmpty()) {
            // Also of a cube that is gone.
            return new SecurityCommand.RevokeMembers(
                    new HierarchyName(named(members.cube()), name(members.hierarchy())), members.role(), List.of());
        }
        Cube cube = cube(members.cube());
        Hierarchy hierarchy = hierarchy(cube, members.hierarchy());
        HierarchyName name = new HierarchyName(cube.name(), hierarchy.name());
        Set<MemberPath> paths = new LinkedHashSet<>();
        members.paths().forEach(path -> paths.add(path(path, cube, hierarchy, members.hierarchy())));
        List<CubeColumn> columns =
                hierarchy.levels().stream().map(Level::column).toList();
        return members.isGrant()
                ? new SecurityCommand.GrantMembers(new MembersGrant(name, members.role(), cube.fact(), columns, paths))
                : new SecurityCommand.RevokeMembers(name, members.role(), List.copyOf(paths));
    }

    private MemberPath path(SqlNodeList path, Cube cube, Hierarchy hierarchy, SqlIdentifier where) {
        if (path.size() > hierarchy.levels().size()) {
            throw new IcesparException(
                    ErrorCode.INVALID_STATEMENT,
                    "hierarchy `" + hierarchy.name() + "` has "
                            + hierarchy.levels().size()
                            + " levels, but the member's path has " + path.size() + " elements"
                            + SqlErrors.place(path.get(hierarchy.levels().size())));
        }
        CubeTree tree = tree(cube.fact(), where);
        List<TypedValue> values = new ArrayList<>();
        for (int i = 0; i < path.size(); i++) {
            values.add(member(path.get(i), hierarchy.levels().get(i), tree, where));
        }
        return new MemberPath(values);
    }

    private static TypedValue member(SqlNode node, Level level, CubeTree tree, SqlIdentifier where) {
        int index = tree.indexOf(level.column())
                .orElseThrow(() -> new IcesparException(
                        ErrorCode.UNDEFINED_COLUMN,
                        "the column of level `" + level.name() + "` does not exist any more" + SqlErrors.place(where)));
        ContextType type = tree.columns()
                .get(index)
                .column()
                .type()
                .contextType()
                .orElseThrow(() -> new IcesparException(
                        ErrorCode.FEATURE_NOT_SUPPORTED,
                        "members of level `" + level.name() + "`, which are times of day, cannot be named"
                                + SqlErrors.place(node)));
        GivenValue given = ContextCommands.value(node);
        return given.content()
                .flatMap(type::convert)
                .orElseThrow(() -> new IcesparException(
                        ErrorCode.DATATYPE_MISMATCH,
                        "a member of level `" + level.name() + "` is a `" + type + "`, and not NULL"
                                + SqlErrors.place(node)));
    }
}
