package io.icespar.engine;

import static io.icespar.engine.Listings.text;

import io.icespar.engine.catalog.Catalog;
import io.icespar.engine.catalog.Reference;
import io.icespar.engine.catalog.Table;
import io.icespar.engine.plan.ResultColumn;
import io.icespar.engine.sql.ConditionText;
import io.icespar.security.context.ContextSettings;
import io.icespar.security.context.ContextValueManager;
import io.icespar.security.context.ContextValues;
import io.icespar.security.context.ResolvedValue;
import io.icespar.security.context.TransientValues;
import io.icespar.security.context.TypedValue;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.Grantee;
import io.icespar.security.identity.Identity;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.ReservedRoles;
import io.icespar.security.identity.TableName;
import io.icespar.security.restriction.Restriction;
import io.icespar.security.role.HeldRoles;
import io.icespar.security.store.SecurityState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which restrictions apply to someone, and why: through which roles each is held, and over which references it arrives.
 * {@code SHOW EFFECTIVE RESTRICTIONS} lists it.
 *
 * @param state the security state
 * @param catalog the tables
 * @param manager decides which context values count
 * @param lastSeen what a provider said last of a user, if one did
 */
record EffectiveRestrictions(
        SecurityState state, Catalog catalog, ContextValueManager manager, Function<Name, Identity> lastSeen) {
    /** No user has it, so that no value is anyone's own. */
    private static final Name NOBODY = Name.of("");

    static final List<ResultColumn> COLUMNS = List.of(
            text("TABLE_SCHEMA"),
            text("TABLE_NAME"),
            text("RESTRICTION_NAME"),
            text("RESTRICTED_TABLE"),
            text("OVER"),
            text("SUBJECT"),
            text("CONDITION"),
            text("RESOLVED_CONDITION"),
            text("HELD_THROUGH"),
            text("ORIGIN"));

    private static final String THEN = " > ";

    /**
     * The rows for one table or for all, each table's own restrictions first.
     *
     * @throws IcesparException {@code UNDEFINED_OBJECT} if there is no such user or role
     */
    List<@Nullable Object[]> list(Grantee holder, Optional<TableName> only) {
        Identity identity = holder instanceof Grantee.User ? lastSeen.apply(holder.name()) : Identity.local(NOBODY);
        HeldRoles held = held(holder, identity);
        Caller caller = holder instanceof Grantee.User
                ? state.findCaller(identity).orElseThrow(() -> undefined("user", holder.name()))
                : new Caller(NOBODY, state.closure(held.all()));
        // What the holder set on some connection is not heard: no restriction reads it.
        ContextSettings settings = holder instanceof Grantee.User
                ? state.context()
                : state.context().withoutClaims();
        ContextValues values = manager.resolve(caller, settings, TransientValues.none());
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Table table : catalog.tables()) {
            if (only.isEmpty() || only.get().equals(table.name())) {
                add(rows, table, table, "", new Holder(caller, held, values));
            }
        }
        return rows;
    }

    private HeldRoles held(Grantee holder, Identity identity) {
        if (holder instanceof Grantee.Role role) {
            return state.findRole(role.name())
                    .map(found -> new HeldRoles(Set.of(found.name()), Collections.emptySortedMap(), Set.of()))
                    .orElseThrow(() -> undefined("role", role.name()));
        }
        return state.findHeldRoles(identity).orElseThrow(() -> undefined("user", holder.name()));
    }

    private static IcesparException undefined(String kind, Name name) {
        return new IcesparException(ErrorCode.UNDEFINED_OBJECT, kind + " `" + name + "` does not exist");
    }

    /**
     * Who is asked about.
     *
     * @param caller the user, or nobody in particular with the roles that a role brings
     * @param held the roles from which the ways begin
     * @param values as administrators set them
     */
    private record Holder(Caller caller, HeldRoles held, ContextValues values) {
        String resolved(String condition) {
            return new ConditionText(condition)
                    .resolved(
                            Optional.of(caller.name()).filter(name -> !name.equals(NOBODY)),
                            name -> values.find(name)
                                    .flatMap(ResolvedValue::value)
                                    .map(TypedValue::literal));
        }
    }

    private void add(List<@Nullable Object[]> rows, Table asked, Table restricted, String over, Holder holder) {
        for (List<Restriction> alternatives :
                state.effective(holder.caller(), restricted.name()).alternatives()) {
            if (alternatives.isEmpty()) {
                rows.add(row(
                        asked, "", restricted, over, "", "FALSE", "FALSE", "ROW SECURITY REQUIRED", Optional.empty()));
            }
            for (Restriction restriction : alternatives) {
                rows.add(row(
                        asked,
                        restriction.name().spelling(),
                        restricted,
                        over,
                        TableListings.subject(restriction.subject()),
                        restriction.condition(),
                        holder.resolved(restriction.condition()),
                        ways(restriction, holder.caller(), holder.held()),
                        state.provider(restriction.name())));
            }
        }
        for (Reference reference : restricted.references()) {
            Table target = catalog.find(reference.target()).orElseThrow();
            String columns =
                    reference.columns().stream().map(Name::spelling).collect(Collectors.joining(", ", "(", ")"));
            String step = restricted.name().table().spelling() + columns;
            add(rows, asked, target, over.isEmpty() ? step : over + THEN + step, holder);
        }
    }

    private static @Nullable Object[] row(
            Table asked,
            String restriction,
            Table restricted,
            String over,
            String subject,
            String condition,
            String resolved,
            String through,
            Optional<Name> provider) {
        return new Object[] {
            asked.name().schema().spelling(),
            asked.name().table().spelling(),
            restriction,
            restricted.name().toString(),
            over,
            subject,
            condition,
            resolved,
            through,
            TableListings.origin(provider)
        };
    }

    private String ways(Restriction restriction, Caller caller, HeldRoles held) {
        return state.grantees(restriction.name()).stream()
                .filter(grantee ->
                        grantee.equals(ReservedRoles.PUBLIC) || caller.roles().contains(grantee))
                .map(grantee -> grantee.equals(ReservedRoles.PUBLIC) ? grantee.spelling() : way(held, grantee))
                .collect(Collectors.joining(", "));
    }

    private String way(HeldRoles held, Name grantee) {
        List<Name> chain = state.chain(held.all(), grantee);
        Name first = chain.get(0);
        String origin = held.byDefault().contains(first)
                ? "default" + THEN
                : held.from(first).map(from -> "'" + from + "'" + THEN).orElse("");
        return origin + chain.stream().map(Name::spelling).collect(Collectors.joining(THEN));
    }
}
