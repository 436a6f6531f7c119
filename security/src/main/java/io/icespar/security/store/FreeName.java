package io.icespar.security.store;

import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.TableName;
import java.util.Optional;

/**
 * The name of a view or cube that is to be created, where none of its kind has it.
 *
 * @param before the state that the command meets
 * @param kind what is created, for errors
 * @param name its name
 */
record FreeName(SecurityState before, String kind, TableName name) {

    /**
     * Checks that nothing else has the name, and that nothing is said of a table of that name: one may have been there
     * once, and what was said of it would seem to hold for the view or cube, and would not.
     *
     * @throws IcesparException {@code DUPLICATE_OBJECT}, {@code DEPENDENT_OBJECTS}
     */
    void check() {
        if (before.views().find(name).isPresent()) {
            throw taken("view");
        }
        if (before.cubes().find(name).isPresent()) {
            throw taken("cube");
        }
        rule().ifPresent(rule -> {
            throw new IcesparException(
                    ErrorCode.DEPENDENT_OBJECTS,
                    kind + " `" + name + "` cannot be created: there is " + rule
                            + " on a table of that name, drop it first");
        });
    }

    private IcesparException taken(String by) {
        return new IcesparException(
                ErrorCode.DUPLICATE_OBJECT,
                kind + " `" + name + "` cannot be created: a " + by + " of that name exists already");
    }

    private Optional<String> rule() {
        if (!before.restrictions(name).isEmpty()) {
            return Optional.of(
                    "restriction `" + before.restrictions(name).get(0).name() + "`");
        } else if (before.masks().all().stream().anyMatch(mask -> mask.table().equals(name))) {
            return Optional.of("a mask");
        }
        return before.requiresRestriction(name) ? Optional.of("row security") : Optional.empty();
    }
}
