package io.icespar.engine.sql;

import io.icespar.security.command.SecurityCommand;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Grantee;
import io.icespar.security.identity.Name;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** A statement that is no query, as it was parsed. */
sealed interface Command {

    /** How a restriction is to combine with others of its table. */
    enum Combination {
        /** Its subject is the set of columns that its condition reads. */
        BY_COLUMNS,
        /** {@code AS RESTRICTIVE}: always AND-ed. */
        RESTRICTIVE,
        /** {@code AS PERMISSIVE}: OR-ed with all other permissive ones. */
        PERMISSIVE
    }

    /**
     * A command that needs nothing more to be known.
     *
     * @param password where a password stands in its text, as a literal
     */
    record Security(SecurityCommand command, Optional<SqlParserPos> password) implements Command {
        /** A command without a password. */
        Security(SecurityCommand command) {
            this(command, Optional.empty());
        }
    }

    /**
     * Checks what the grammar lets stand side by side.
     *
     * @throws IcesparException {@code SYNTAX} if what there is by that name would be replaced, and stay as it is
     */
    static void check(Command command) {
        Object made = command instanceof OfCubes ofCubes ? ofCubes.command() : command;
        if (made instanceof Creation creation && creation.orReplace() && creation.ifNotExists()) {
            throw new IcesparException(
                    ErrorCode.SYNTAX,
                    "`OR REPLACE` and `IF NOT EXISTS` cannot stand in one command: leave out one of them");
        }
    }

    /** Makes something, where there may be one by the same name already. */
    interface Creation {
        /** Whether that is replaced. */
        boolean orReplace();

        /** Whether that stays as it is. */
        boolean ifNotExists();
    }

    /**
     * {@code CREATE RESTRICTION}, whose condition is still to be checked.
     *
     * @param open the parenthesis before the condition
     * @param close the parenthesis after it
     */
    record CreateRestriction(
            Name name,
            SqlIdentifier table,
            Combination combination,
            SqlNode condition,
            SqlParserPos open,
            SqlParserPos close,
            boolean orReplace,
            boolean ifNotExists,
            List<Name> grantees)
            implements Command, Creation {}

    /** {@code ALTER TABLE table SET ROW SECURITY {REQUIRED | OPTIONAL}}. */
    record SetRowSecurity(SqlIdentifier table, boolean restrictionRequired) implements Command {}

    /** What the privilege to select is granted on. */
    sealed interface PrivilegeTarget {}

    /** {@code ON TABLE table}. */
    record OnTable(SqlIdentifier table) implements PrivilegeTarget {}

    /** {@code ON SCHEMA schema}. */
    record OnSchema(SqlIdentifier schema) implements PrivilegeTarget {}

    /**
     * {@code GRANT SELECT …} and {@code REVOKE SELECT …}.
     *
     * @param columns none for all
     */
    record ChangeSelect(boolean grant, List<SqlIdentifier> columns, PrivilegeTarget on, List<Name> grantees)
            implements Command {}

    /**
     * {@code CREATE MASK}, whose expression is still to be checked.
     *
     * @param open the parenthesis before the expression
     * @param close the parenthesis after it
     */
    record CreateMask(
            Name name,
            SqlIdentifier table,
            SqlIdentifier column,
            SqlNode expression,
            SqlParserPos open,
            SqlParserPos close,
            boolean orReplace,
            List<Name> to,
            List<Name> except)
            implements Command {}

    /** {@code SHOW listing [FOR holder] [ON table]}. */
    record Show(Listing listing, Optional<Grantee> holder, Optional<SqlIdentifier> table) implements Command {
        static Show of(Listing listing, @Nullable Grantee holder, @Nullable SqlIdentifier table) {
            return new Show(listing, Optional.ofNullable(holder), Optional.ofNullable(table));
        }
    }

    /** {@code CREATE CONTEXT VALUE}, whose type and default are still to be read. */
    record CreateContextValue(
            Name name,
            SqlDataTypeSpec type,
            Optional<SqlNode> defaultValue,
            Optional<SqlNode> claim,
            boolean isSettable,
            boolean orReplace,
            boolean ifNotExists)
            implements Command, Creation {}

    /** {@code ALTER {USER u | ROLE r} SET name = value}. */
    record AlterContextValue(Grantee grantee, Name name, SqlNode value) implements Command {}

    /**
     * {@code CREATE VIEW}, whose query is still to be checked.
     *
     * @param columns the names of its columns; none for those that the query gives
     * @param open the token before the query
     * @param end the query's last token
     */
    record CreateView(
            SqlIdentifier view,
            List<SqlIdentifier> columns,
            SqlNode query,
            SqlParserPos open,
            SqlParserPos end,
            boolean orReplace,
            boolean ifNotExists)
            implements Command, Creation {}

    /** {@code DROP VIEW [IF EXISTS] view}. */
    record DropView(SqlIdentifier view, boolean ifExists) implements Command {}

    /** A command on cubes, whose parts are still to be checked. */
    record OfCubes(CubeCommand command) implements Command {}

    /** A command for every caller, not for administrators only. */
    sealed interface ForEveryone extends Command {}

    /** {@code SET [GLOBAL] name = value}. */
    record SetContextValue(boolean isGlobal, Name name, SqlNode value) implements ForEveryone {}

    /** {@code RESET [GLOBAL] {name | ALL}}; all without a name. */
    record ResetContextValue(boolean isGlobal, Optional<Name> name) implements ForEveryone {}

    /** {@code SET SESSION AUTHORIZATION {'user' | DEFAULT}} and {@code RESET SESSION AUTHORIZATION}; empty for DEFAULT. */
    record SetSessionAuthorization(Optional<Name> user) implements ForEveryone {}

    /** {@code SHOW name}. */
    record ShowContextValue(Name name) implements ForEveryone {}

    /** {@code SHOW CONTEXT VALUES}. */
    record ShowContextValues() implements ForEveryone {}

    /** {@code SHOW {CUBES | HIERARCHIES | LEVELS | MEASURES} [IN cube]}. */
    record ShowCubes(CubeListing listing, Optional<SqlIdentifier> cube) implements ForEveryone {}
}
