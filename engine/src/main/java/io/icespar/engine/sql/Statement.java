package io.icespar.engine.sql;

import io.icespar.security.command.SecurityCommand;
import io.icespar.security.context.GivenValue;
import io.icespar.security.identity.Grantee;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import java.util.Optional;

/** A statement that was parsed and checked. */
public sealed interface Statement {

    /** A query. */
    record Query(ValidatedQuery query) implements Statement {}

    /** {@code EXPLAIN PLAN FOR query}. */
    record Explain(ValidatedQuery query) implements Statement {}

    /** A command that changes the security state; only administrators may run it. */
    record Security(SecurityCommand command) implements Statement {}

    /**
     * {@code SHOW listing [FOR holder] [ON table]}; only administrators may run it.
     *
     * @param holder whose facts; empty for those of all, or of who asks
     * @param table the table asked for; empty for all
     */
    record Show(Listing listing, Optional<Grantee> holder, Optional<TableName> table) implements Statement {}

    /** {@code SET [GLOBAL] name = value}, for the caller's connection or for all the caller's connections. */
    record SetContextValue(boolean isGlobal, Name name, GivenValue value) implements Statement {}

    /** {@code RESET [GLOBAL] {name | ALL}}; all without a name. */
    record ResetContextValue(boolean isGlobal, Optional<Name> name) implements Statement {}

    /**
     * {@code SET SESSION AUTHORIZATION {'user' | DEFAULT}}.
     *
     * @param user through whose eyes the session is to look; empty for those of who logged in
     */
    record SetSessionAuthorization(Optional<Name> user) implements Statement {}

    /** {@code SHOW name}. */
    record ShowContextValue(Name name) implements Statement {}

    /** {@code SHOW CONTEXT VALUES}. */
    record ShowContextValues() implements Statement {}

    /**
     * {@code SHOW {CUBES | HIERARCHIES | LEVELS | MEASURES} [IN cube]}.
     *
     * @param cube the cube asked for; empty for all
     */
    record ShowCubes(CubeListing listing, Optional<TableName> cube) implements Statement {}
}
