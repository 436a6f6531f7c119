package io.icespar.security.store;

import io.icespar.security.command.SecurityCommand;
import io.icespar.security.command.SecurityCommand.AddHierarchy;
import io.icespar.security.command.SecurityCommand.AddMeasure;
import io.icespar.security.command.SecurityCommand.CreateCube;
import io.icespar.security.command.SecurityCommand.DropCube;
import io.icespar.security.command.SecurityCommand.DropCubePart;
import io.icespar.security.context.ContextDefinition;
import io.icespar.security.cube.Cube;
import io.icespar.security.cube.CubeColumn;
import io.icespar.security.cube.Cubes;
import io.icespar.security.cube.DefaultMember;
import io.icespar.security.cube.Hierarchy;
import io.icespar.security.cube.Level;
import io.icespar.security.cube.Measure;
import io.icespar.security.cube.MembersGrant;
import io.icespar.security.cube.Part;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Grantee;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import io.icespar.security.view.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the commands on cubes do to a state, and when they are refused.
 *
 * @param before the state that a command meets
 */
record CubesChange(SecurityState before) {
    private static final String KIND = "cube";

    /** The state after the command, its epoch not yet counted on; empty for a command of another kind. */
    Optional<SecurityState> find(SecurityCommand command) {
        if (command instanceof CreateCube create) {
            return Optional.of(create(create));
        } else if (command instanceof DropCube drop) {
            return Optional.of(drop(drop));
        } else if (command instanceof AddHierarchy add) {
            return Optional.of(add(add));
        } else if (command instanceof AddMeasure add) {
            return Optional.of(add(add));
        } else if (command instanceof DropCubePart drop) {
            return Optional.of(drop(drop.part()));
        }
        return Optional.empty();
    }

    private Cubes cubes() {
        return before.cubes();
    }

    private SecurityState create(CreateCube create) {
        TableName name = create.cube().name();
        Optional<Cube> former = cubes().find(name);
        if (former.isPresent()) {
            if (create.ifNotExists()) {
                return before;
            }
            if (!create.orReplace()) {
                throw new IcesparException(ErrorCode.DUPLICATE_OBJECT, "cube `" + name + "` exists already");
            }
            checkNotDeclared(name);
        } else {
            StateChange.checkUsable(KIND, name.table());
            new FreeName(before, KIND, name).check();
        }
        create.cube().hierarchies().forEach(CubesChange::checkUsable);
        create.cube().measures().forEach(CubesChange::checkUsable);
        Cube cube = new Cube(
                former.map(Cube::name).orElse(name),
                create.cube().fact(),
                create.cube().hierarchies(),
                create.cube().measures());
        former.ifPresent(present -> checkReplaceable(present, cube));
        return with(cube);
    }

    private static void checkUsable(Hierarchy hierarchy) {
        StateChange.checkUsable("hierarchy", hierarchy.name());
        StateChange.checkUsable("dimension", hierarchy.dimension());
        hierarchy.levels().forEach(level -> StateChange.checkUsable("level", level.name()));
    }

    private static void checkUsable(Measure measure) {
        StateChange.checkUsable("measure", measure.name());
        measure.format().ifPresent(text -> checkText("format", measure, text));
        measure.description().ifPresent(text -> checkText("description", measure, text));
    }

    private static void checkText(String kind, Measure measure, String text) {
        if (!text.strip().isEmpty() && !Name.isUsable(text.strip(), MAX_TEXT)) {
            throw new IcesparException(
                    ErrorCode.INVALID_STATEMENT,
                    "the " + kind + " of measure `" + measure.name() + "` must have at most " + MAX_TEXT
                            + " characters, all of them printable and on one line");
        }
    }

    private static final int MAX_TEXT = 1_000;

    // What those who read it read of it stays as it was; else they would mean something else.
    private void checkReplaceable(Cube former, Cube cube) {
        checkDefaultMembers(former, cube);
        Optional<View> reader = before.views().reader(former.name());
        if (reader.isPresent() && !former.fact().equals(cube.fact())) {
            throw readBy(reader.get(), "cube `" + former.name() + "` cannot be replaced by one on another table");
        }
        for (Name column : former.columns()) {
            boolean isSame = former.findLevel(column)
                            .map(Level::column)
                            .equals(cube.findLevel(column).map(Level::column))
                    && former.findMeasure(column)
                            .map(Measure::expression)
                            .equals(cube.findMeasure(column).map(Measure::expression));
            if (!isSame) {
                reader(former.name(), column).ifPresent(view -> {
                    throw readBy(
                            view,
                            "cube `" + former.name() + "` cannot be replaced by one with another `" + column + "`");
                });
            }
        }
    }

    // A member is one of the levels as they were.
    private void checkDefaultMembers(Cube former, Cube cube) {
        for (DefaultMember member : cubes().said().defaultMembers()) {
            if (member.hierarchy().cube().equals(former.name())) {
                Name name = member.hierarchy().hierarchy();
                int levels = member.member().values().size();
                Optional<Hierarchy> present = cube.findHierarchy(name);
                boolean isSame =
                        present.isEmpty() || first(levels, present).equals(first(levels, former.findHierarchy(name)));
                if (!isSame) {
                    String of = member.grantee() instanceof Grantee.User ? "user" : "role";
                    throw new IcesparException(
                            ErrorCode.DEPENDENT_OBJECTS,
                            "the levels of hierarchy `" + name + "` of cube `" + former.name()
                                    + "` cannot be changed: a default member of it is set for " + of + " `"
                                    + member.grantee().name() + "`, reset it first");
                }
            }
        }
    }

    private static List<CubeColumn> first(int levels, Optional<Hierarchy> hierarchy) {
        return hierarchy.stream()
                .flatMap(each -> each.columns().stream())
                .limit(levels)
                .toList();
    }

    private SecurityState drop(DropCube drop) {
        checkNotDeclared(drop.name());
        Optional<Cube> former = cubes().find(drop.name());
        if (former.isEmpty()) {
            if (drop.ifExists()) {
                return before;
            }
            throw undefined(drop.name());
        }
        TableName name = former.get().name();
        String refusal = "cube `" + name + "` cannot be dropped";
        members(name).stream().findFirst().ifPresent(grant -> {
            throw granted(grant, refusal);
        });
        before.views().reader(name).ifPresent(reader -> {
            throw readBy(reader, refusal);
        });
        TableRules rules = before.tableRules();
        return before.withCubes(cubes().without(name).withSaid(cubes().said().without(name)))
                .withTableRules(rules.withPrivileges(rules.privileges().without(name)));
    }

    private SecurityState add(AddHierarchy add) {
        Cube former = alterable(add.cube());
        Hierarchy hierarchy = add.hierarchy();
        checkUsable(hierarchy);
        if (former.findHierarchy(hierarchy.name()).isPresent()) {
            throw duplicate(former, "hierarchy", hierarchy.name());
        }
        hierarchy.levels().forEach(level -> checkNew(former, level.name()));
        List<Hierarchy> hierarchies = new ArrayList<>(former.hierarchies());
        hierarchies.add(hierarchy);
        return with(new Cube(former.name(), former.fact(), hierarchies, former.measures()));
    }

    private SecurityState add(AddMeasure add) {
        Cube former = alterable(add.cube());
        checkUsable(add.measure());
        checkNew(former, add.measure().name());
        List<Measure> measures = new ArrayList<>(former.measures());
        measures.add(add.measure());
        return with(new Cube(former.name(), former.fact(), former.hierarchies(), measures));
    }

    private static void checkNew(Cube cube, Name column) {
        if (cube.findLevel(column).isPresent()) {
            throw duplicate(cube, "level", column);
        }
        if (cube.findMeasure(column).isPresent()) {
            throw duplicate(cube, "measure", column);
        }
    }

    private SecurityState drop(Part named) {
        Cube former = alterable(named.cube());
        Part part = part(former, named);
        String refusal = part + " cannot be dropped";
        for (Name column : columns(former, part)) {
            for (Measure measure : former.measures()) {
                if (measure.reads().contains(column) && !measure.name().equals(part.name())) {
                    throw new IcesparException(
                            ErrorCode.DEPENDENT_OBJECTS,
                            refusal + ": measure `" + measure.name() + "` reads `" + column + "`, drop that first");
                }
            }
            reader(former.name(), column).ifPresent(view -> {
                throw readBy(view, refusal);
            });
        }
        if (part.kind() == Part.Kind.MEASURE) {
            return with(new Cube(
                    former.name(),
                    former.fact(),
                    former.hierarchies(),
                    former.measures().stream()
                            .filter(measure -> !measure.name().equals(part.name()))
                            .toList()));
        }
        members(former.name()).stream()
                .filter(grant -> grant.hierarchy().hierarchy().equals(part.name()))
                .findFirst()
                .ifPresent(grant -> {
                    throw granted(grant, refusal);
                });
        return with(new Cube(
                former.name(),
                former.fact(),
                former.hierarchies().stream()
                        .filter(hierarchy -> !hierarchy.name().equals(part.name()))
                        .toList(),
                former.measures()));
    }

    private static List<Name> columns(Cube cube, Part part) {
        return switch (part.kind()) {
            case HIERARCHY ->
                cube.findHierarchy(part.name()).orElseThrow().levels().stream()
                        .map(Level::name)
                        .toList();
            case MEASURE -> List.of(part.name());
            case DIMENSION -> throw new IllegalArgumentException("a dimension is dropped with its hierarchies");
        };
    }

    /**
     * The part with its name as it was created.
     *
     * @throws IcesparException {@code UNDEFINED_OBJECT} if the cube does not have it
     */
    static Part part(Cube cube, Part named) {
        return cube.findName(named)
                .map(name -> new Part(cube.name(), named.kind(), name))
                .orElseThrow(() -> new IcesparException(ErrorCode.UNDEFINED_OBJECT, named + " does not exist"));
    }

    private static void checkReads(Cube cube) {
        for (Measure measure : cube.measures()) {
            for (Name read : measure.reads()) {
                if (cube.columns().stream().noneMatch(read::equals)) {
                    throw new IcesparException(
                            ErrorCode.UNDEFINED_COLUMN,
                            "measure `" + measure.name() + "` reads `" + read
                                    + "`, which is neither a level nor a measure of cube `" + cube.name() + "`");
                }
            }
        }
        cube.findCycle().ifPresent(measure -> {
            throw new IcesparException(
                    ErrorCode.INVALID_STATEMENT, "measure `" + measure.name() + "` cannot read itself");
        });
    }

    /** With the cube as it is to be, once it is checked, and without what was said of parts that it does not have. */
    private SecurityState with(Cube cube) {
        checkReads(cube);
        for (MembersGrant grant : members(cube.name())) {
            if (!grant.isOf(cube)) {
                throw granted(
                        grant,
                        "cube `" + cube.name() + "` must have hierarchy `"
                                + grant.hierarchy().hierarchy() + "` with the columns that it had");
            }
        }
        List<Measure> measures = cube.measures().stream().map(this::resolved).toList();
        Cube resolved = new Cube(cube.name(), cube.fact(), cube.hierarchies(), measures);
        return before.withCubes(cubes().with(resolved).withSaid(cubes().said().fitting(resolved)));
    }

    /** The measure with the names of context values spelled as they were created. */
    private Measure resolved(Measure measure) {
        Set<Name> values = new TreeSet<>();
        measure.contextValues().stream()
                .map(before.context()::get)
                .map(ContextDefinition::name)
                .forEach(values::add);
        return new Measure(
                measure.name(), measure.expression(), measure.format(), measure.description(), measure.reads(), values);
    }

    private Cube alterable(TableName name) {
        checkNotDeclared(name);
        return cube(cubes(), name);
    }

    /**
     * The cube of that name.
     *
     * @throws IcesparException {@code UNDEFINED_TABLE} if there is none
     */
    static Cube cube(Cubes cubes, TableName name) {
        return cubes.find(name).orElseThrow(() -> undefined(name));
    }

    private void checkNotDeclared(TableName name) {
        if (cubes().declared().containsKey(name)) {
            throw new IcesparException(
                    ErrorCode.INVALID_STATEMENT,
                    "cube `" + name + "` is declared in the catalog's files, and is changed there, not by a command");
        }
    }

    private List<MembersGrant> members(TableName cube) {
        return cubes().said().members().stream()
                .filter(grant -> grant.hierarchy().cube().equals(cube))
                .toList();
    }

    private Optional<View> reader(TableName cube, Name column) {
        return before.views().all().stream()
                .filter(view -> view.reads().getOrDefault(cube, Set.of()).contains(column))
                .findFirst();
    }

    private static IcesparException undefined(TableName cube) {
        return new IcesparException(ErrorCode.UNDEFINED_TABLE, "cube `" + cube + "` does not exist");
    }

    private static IcesparException duplicate(Cube cube, String kind, Name name) {
        return new IcesparException(
                ErrorCode.DUPLICATE_OBJECT, kind + " `" + name + "` exists already in cube `" + cube.name() + "`");
    }

    private static IcesparException granted(MembersGrant grant, String refusal) {
        return new IcesparException(
                ErrorCode.DEPENDENT_OBJECTS,
                refusal + ": members of hierarchy `" + grant.hierarchy().hierarchy() + "` are granted to role `"
                        + grant.role() + "`, revoke them first");
    }

    private static IcesparException readBy(View reader, String refusal) {
        return new IcesparException(
                ErrorCode.DEPENDENT_OBJECTS, refusal + ": view `" + reader.name() + "` reads it, drop that first");
    }
}
