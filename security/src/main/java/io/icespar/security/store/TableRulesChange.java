package io.icespar.security.store;

import io.icespar.security.command.SecurityCommand;
import io.icespar.security.command.SecurityCommand.CreateMask;
import io.icespar.security.command.SecurityCommand.DropMask;
import io.icespar.security.command.SecurityCommand.GrantSelect;
import io.icespar.security.command.SecurityCommand.RevokeSelect;
import io.icespar.security.command.SecurityCommand.SetRowSecurity;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.ReservedRoles;
import io.icespar.security.identity.TableName;
import io.icespar.security.mask.Mask;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the commands on tables do to a state's {@link TableRules}, and when they are refused.
 *
 * @param before the state that a command meets
 */
record TableRulesChange(SecurityState before) {

    /** The rules after the command; empty if it is none of those on tables. */
    Optional<TableRules> after(SecurityCommand command) {
        TableRules rules = before.tableRules();
        if (command instanceof SetRowSecurity set) {
            Set<TableName> tables = new HashSet<>(rules.restrictionRequired());
            tables.remove(set.table());
            if (set.restrictionRequired()) {
                tables.add(set.table());
            }
            return Optional.of(rules.withRestrictionRequired(tables));
        } else if (command instanceof GrantSelect grant) {
            Set<Name> grantees = readers(grant.grantees());
            return Optional.of(rules.withPrivileges(rules.privileges().after(true, grant.on(), grantees)));
        } else if (command instanceof RevokeSelect revoke) {
            Set<Name> grantees = readers(revoke.grantees());
            return Optional.of(rules.withPrivileges(rules.privileges().after(false, revoke.on(), grantees)));
        } else if (command instanceof CreateMask create) {
            return Optional.of(rules.withMasks(rules.masks().with(mask(create))));
        } else if (command instanceof DropMask drop) {
            if (!drop.ifExists() && rules.masks().find(drop.name()).isEmpty()) {
                throw new IcesparException(ErrorCode.UNDEFINED_OBJECT, "mask `" + drop.name() + "` does not exist");
            }
            return Optional.of(rules.withMasks(rules.masks().without(drop.name())));
        }
        return Optional.empty();
    }

    private Mask mask(CreateMask create) {
        Optional<Mask> former = before.tableRules().masks().find(create.name());
        if (former.isPresent() && !create.orReplace()) {
            throw new IcesparException(ErrorCode.DUPLICATE_OBJECT, "mask `" + create.name() + "` exists already");
        }
        // A name used twice by mistake would otherwise lay the first column open without a word.
        boolean moved = former.filter(mask ->
                        !mask.table().equals(create.table()) || !mask.column().equals(create.column()))
                .isPresent();
        if (moved) {
            throw new IcesparException(
                    ErrorCode.INVALID_STATEMENT,
                    "mask `" + create.name() + "` is of another column and cannot be replaced by one of `"
                            + create.column() + "`: drop it first");
        }
        if (former.isEmpty()) {
            StateChange.checkUsable("mask", create.name());
        }
        Set<Name> to = create.to().isEmpty() ? Set.of(ReservedRoles.PUBLIC) : masked(create.to());
        Set<Name> except = masked(create.except());
        if (except.contains(ReservedRoles.PUBLIC)) {
            throw new IcesparException(
                    ErrorCode.INVALID_STATEMENT, "a mask that leaves out `PUBLIC` would be shown to nobody");
        }
        return new Mask(
                former.map(Mask::name).orElse(create.name()),
                create.table(),
                create.column(),
                create.expression(),
                to,
                except,
                new ContextChange(before).readable("a mask's expression", create.contextValues()));
    }

    /** The rules without what was said to a role that is dropped. */
    TableRules without(Name role) {
        TableRules rules = before.tableRules();
        return rules.withPrivileges(rules.privileges().without(role::equals))
                .withMasks(rules.masks().withoutRoles(role::equals));
    }

    private Set<Name> readers(List<Name> names) {
        return grantees(
                names,
                "it may read everything, whatever is granted",
                "it holds no privileges; for everyone but administrators, name `PUBLIC`");
    }

    private Set<Name> masked(List<Name> names) {
        return grantees(
                names,
                "administrators are shown true values, whatever is masked",
                "no mask is for it or leaves it out; for everyone but administrators, name `PUBLIC`");
    }

    /** The names of roles, or {@code PUBLIC}, spelled as they were created. */
    private Set<Name> grantees(List<Name> names, String ofAdministrators, String ofUsers) {
        Set<Name> grantees = new TreeSet<>();
        for (Name name : names) {
            if (ReservedRoles.isReservedRole(name)) {
                throw new IcesparException(
                        ErrorCode.INVALID_NAME,
                        "role `" + name + "` is reserved: "
                                + (name.equals(ReservedRoles.ADMIN) ? ofAdministrators : ofUsers));
            }
            grantees.add(name.equals(ReservedRoles.PUBLIC) ? ReservedRoles.PUBLIC : role(name));
        }
        return grantees;
    }

    /** The role's name, spelled as it was created. */
    private Name role(Name name) {
        return before.findRole(name)
                .orElseThrow(
                        () -> new IcesparException(ErrorCode.UNDEFINED_OBJECT, "role `" + name + "` does not exist"))
                .name();
    }
}
