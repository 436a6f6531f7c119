package io.icespar.security.store;

import io.icespar.security.command.SecurityCommand;
import io.icespar.security.command.SecurityCommand.CreateView;
import io.icespar.security.command.SecurityCommand.DropView;
import io.icespar.security.context.ContextDefinition;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import io.icespar.security.view.View;
import io.icespar.security.view.Views;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the commands on views do to a state, and when they are refused.
 *
 * @param before the state that the command meets
 */
record ViewsChange(SecurityState before) {
    private static final String KIND = "view";

    /** The state after the command, its epoch not yet counted on; empty for a command of another kind. */
    Optional<SecurityState> find(SecurityCommand command) {
        if (command instanceof CreateView create) {
            return Optional.of(create(create));
        } else if (command instanceof DropView drop) {
            return Optional.of(drop(drop));
        }
        return Optional.empty();
    }

    private Views views() {
        return before.views();
    }

    private SecurityState create(CreateView create) {
        View view = create.view();
        Optional<View> former = views().find(view.name());
        if (former.isPresent()) {
            if (create.ifNotExists()) {
                return before;
            }
            if (!create.orReplace()) {
                throw new IcesparException(ErrorCode.DUPLICATE_OBJECT, "view `" + view.name() + "` exists already");
            }
            checkReplaceable(former.get(), view);
        } else {
            StateChange.checkUsable(KIND, view.name().table());
            new FreeName(before, KIND, view.name()).check();
        }
        view.columns().forEach(column -> StateChange.checkUsable("column", column.name()));
        checkReads(view);
        Set<Name> values = view.contextValues().stream()
                .map(before.context()::get)
                .map(ContextDefinition::name)
                .collect(Collectors.toSet());
        TableName name = former.map(View::name).orElse(view.name());
        return before.withViews(views().with(new View(name, view.columns(), view.query(), view.reads(), values)));
    }

    // What those who read it read of it stays as it was; else they would mean something else.
    private void checkReplaceable(View former, View view) {
        views().reader(former.name()).ifPresent(reader -> {
            if (!former.columns().equals(view.columns())) {
                throw new IcesparException(
                        ErrorCode.DEPENDENT_OBJECTS,
                        "view `" + former.name() + "` cannot be replaced by one with other columns: view `"
                                + reader.name() + "` reads it, drop that first");
            }
        });
    }

    private void checkReads(View view) {
        if (views().isReadBy(view.name(), view)) {
            throw new IcesparException(ErrorCode.INVALID_STATEMENT, "view `" + view.name() + "` cannot read itself");
        }
        view.reads()
                .forEach((name, columns) -> views().find(name).ifPresent(read -> {
                    if (!read.columnNames().containsAll(columns)) {
                        throw new IcesparException(
                                ErrorCode.UNDEFINED_COLUMN,
                                "view `" + read.name()
                                        + "` was changed meanwhile: it does not have all the columns that view `"
                                        + view.name() + "` reads");
                    }
                }));
    }

    private SecurityState drop(DropView drop) {
        Optional<View> former = views().find(drop.name());
        if (former.isEmpty()) {
            if (drop.ifExists()) {
                return before;
            }
            throw new IcesparException(ErrorCode.UNDEFINED_TABLE, "view `" + drop.name() + "` does not exist");
        }
        TableName name = former.get().name();
        views().reader(name).ifPresent(reader -> {
            throw new IcesparException(
                    ErrorCode.DEPENDENT_OBJECTS,
                    "view `" + name + "` cannot be dropped: view `" + reader.name() + "` reads it, drop that first");
        });
        TableRules rules = before.tableRules();
        return before.withViews(views().without(name))
                .withTableRules(rules.withPrivileges(rules.privileges().without(name)));
    }

    /**
     * Checks what a store read.
     *
     * @throws IllegalArgumentException if the views do not fit the rest of the state
     */
    static void checkFit(SecurityState state) {
        for (View view : state.views().all()) {
            SecurityState.require(
                    view.contextValues().stream()
                            .allMatch(name -> state.context().find(name).isPresent()),
                    "a view reads an unknown context value");
        }
    }
}
