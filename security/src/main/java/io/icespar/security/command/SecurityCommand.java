package io.icespar.security.command;

import io.icespar.security.context.ClaimPath;
import io.icespar.security.context.ContextType;
import io.icespar.security.context.GivenValue;
import io.icespar.security.cube.Cube;
import io.icespar.security.cube.DefaultMember;
import io.icespar.security.cube.Hierarchy;
import io.icespar.security.cube.HierarchyName;
import io.icespar.security.cube.Measure;
import io.icespar.security.cube.MemberPath;
import io.icespar.security.cube.MembersGrant;
import io.icespar.security.cube.Part;
import io.icespar.security.identity.Grantee;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.NewPassword;
import io.icespar.security.identity.TableName;
import io.icespar.security.privilege.Scope;
import io.icespar.security.restriction.Subject;
import io.icespar.security.view.View;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A security command (DESIGN, "SQL commands"): one change of who may see what. */
public sealed interface SecurityCommand {

    /** {@code CREATE ROLE [IF NOT EXISTS] name}. */
    record CreateRole(Name name, boolean ifNotExists) implements SecurityCommand {}

    /** {@code DROP ROLE [IF EXISTS] name}; takes the role's grants with it. */
    record DropRole(Name name, boolean ifExists) implements SecurityCommand {}

    /**
     * {@code CREATE USER name [PASSWORD {'text' | HASH 'hash'}]}; without a password the user cannot log in by password.
     */
    record CreateUser(Name name, Optional<NewPassword> password) implements SecurityCommand {}

    /** {@code ALTER USER name PASSWORD {'text' | HASH 'hash'}}. */
    record AlterUserPassword(Name name, NewPassword password) implements SecurityCommand {}

    /** {@code DROP USER [IF EXISTS] name}; takes the user's grants with it. */
    record DropUser(Name name, boolean ifExists) implements SecurityCommand {}

    /** {@code GRANT role, … TO {USER u | ROLE r}}; granting what is held already changes nothing. */
    record GrantRoles(List<Name> roles, Grantee grantee) implements SecurityCommand {
        /** Checks and copies. */
        public GrantRoles {
            roles = List.copyOf(roles);
        }
    }

    /** {@code REVOKE role, … FROM {USER u | ROLE r}}; revoking what is not held changes nothing. */
    record RevokeRoles(List<Name> roles, Grantee grantee) implements SecurityCommand {
        /** Checks and copies. */
        public RevokeRoles {
            roles = List.copyOf(roles);
        }
    }

    /**
     * {@code CREATE [OR REPLACE] RESTRICTION [IF NOT EXISTS] …}. Replacing keeps the grants of the former restriction.
     *
     * @param condition the condition's text, checked by the engine
     * @param contextValues the context values that the condition reads
     * @param grantees roles, or {@code PUBLIC}, that hold it from the start
     */
    record CreateRestriction(
            Name name,
            TableName table,
            String condition,
            Subject subject,
            Set<Name> contextValues,
            boolean orReplace,
            boolean ifNotExists,
            List<Name> grantees)
            implements SecurityCommand {
        /** Checks and copies. */
        public CreateRestriction {
            contextValues = Set.copyOf(contextValues);
            grantees = List.copyOf(grantees);
        }

        /** A restriction that reads no context value. */
        public CreateRestriction(
                Name name,
                TableName table,
                String condition,
                Subject subject,
                boolean orReplace,
                boolean ifNotExists,
                List<Name> grantees) {
            this(name, table, condition, subject, Set.of(), orReplace, ifNotExists, grantees);
        }
    }

    /** {@code DROP RESTRICTION [IF EXISTS] name}; takes its grants with it. */
    record DropRestriction(Name name, boolean ifExists) implements SecurityCommand {}

    /** {@code GRANT RESTRICTION n, … TO {role | PUBLIC}, …}. */
    record GrantRestrictions(List<Name> restrictions, List<Name> grantees) implements SecurityCommand {
        /** Checks and copies. */
        public GrantRestrictions {
            restrictions = List.copyOf(restrictions);
            grantees = List.copyOf(grantees);
        }
    }

    /** {@code REVOKE RESTRICTION n, … FROM {role | PUBLIC}, …}. */
    record RevokeRestrictions(List<Name> restrictions, List<Name> grantees) implements SecurityCommand {
        /** Checks and copies. */
        public RevokeRestrictions {
            restrictions = List.copyOf(restrictions);
            grantees = List.copyOf(grantees);
        }
    }

    /** {@code ALTER TABLE t SET ROW SECURITY {REQUIRED | OPTIONAL}}. */
    record SetRowSecurity(TableName table, boolean restrictionRequired) implements SecurityCommand {}

    /** {@code GRANT SELECT [(column, …)] ON {TABLE t | SCHEMA s} TO {role | PUBLIC}, …}. */
    record GrantSelect(List<Scope> on, List<Name> grantees) implements SecurityCommand {
        /** Checks and copies. */
        public GrantSelect {
            on = List.copyOf(on);
            grantees = List.copyOf(grantees);
        }
    }

    /** {@code REVOKE SELECT [(column, …)] ON {TABLE t | SCHEMA s} FROM {role | PUBLIC}, …}. */
    record RevokeSelect(List<Scope> on, List<Name> grantees) implements SecurityCommand {
        /** Checks and copies. */
        public RevokeSelect {
            on = List.copyOf(on);
            grantees = List.copyOf(grantees);
        }
    }

    /**
     * {@code CREATE [OR REPLACE] MASK n ON t (column) USING (expression) [TO …] [EXCEPT …]}. Replacing keeps nothing of the
     * former mask.
     *
     * @param expression the expression's text, checked by the engine
     * @param contextValues the context values that the expression reads
     * @param to the roles, or {@code PUBLIC}, that are shown it; none for {@code PUBLIC}
     * @param except the roles that are not
     */
    record CreateMask(
            Name name,
            TableName table,
            Name column,
            String expression,
            Set<Name> contextValues,
            boolean orReplace,
            List<Name> to,
            List<Name> except)
            implements SecurityCommand {
        /** Checks and copies. */
        public CreateMask {
            contextValues = Set.copyOf(contextValues);
            to = List.copyOf(to);
            except = List.copyOf(except);
        }

        /** A mask that reads no context value. */
        public CreateMask(
                Name name,
                TableName table,
                Name column,
                String expression,
                boolean orReplace,
                List<Name> to,
                List<Name> except) {
            this(name, table, column, expression, Set.of(), orReplace, to, except);
        }
    }

    /** {@code DROP MASK [IF EXISTS] name}. */
    record DropMask(Name name, boolean ifExists) implements SecurityCommand {}

    /**
     * {@code CREATE [OR REPLACE] VIEW [IF NOT EXISTS] …}. Replacing keeps the privileges on the former view.
     *
     * @param view what was checked by the engine
     */
    record CreateView(View view, boolean orReplace, boolean ifNotExists) implements SecurityCommand {}

    /** {@code DROP VIEW [IF EXISTS] name}; takes the privileges on it with it. */
    record DropView(TableName name, boolean ifExists) implements SecurityCommand {}

    /** {@code CREATE [OR REPLACE] CONTEXT VALUE [IF NOT EXISTS] …}. Replacing keeps what the value was set to. */
    record CreateContextValue(
            Name name,
            ContextType type,
            Optional<GivenValue> defaultValue,
            Optional<ClaimPath> claim,
            boolean isSettable,
            boolean orReplace,
            boolean ifNotExists)
            implements SecurityCommand {}

    /** {@code DROP CONTEXT VALUE [IF EXISTS] name}; takes what it was set to with it. */
    record DropContextValue(Name name, boolean ifExists) implements SecurityCommand {}

    /** {@code ALTER {USER u | ROLE r} SET name = value}. */
    record SetContextValue(Grantee grantee, Name name, GivenValue value) implements SecurityCommand {}

    /** {@code ALTER {USER u | ROLE r} RESET name}; resetting what is not set changes nothing. */
    record ResetContextValue(Grantee grantee, Name name) implements SecurityCommand {}

    /**
     * {@code CREATE ROLE MAPPING [IF NOT EXISTS] FROM 'provider role' TO role, …}; what it is mapped to already stays.
     *
     * @param from what the identity provider calls the role
     */
    record CreateRoleMapping(String from, List<Name> to, boolean ifNotExists) implements SecurityCommand {
        /** Checks and copies. */
        public CreateRoleMapping {
            to = List.copyOf(to);
        }
    }

    /**
     * {@code DROP ROLE MAPPING [IF EXISTS] FROM 'provider role' [TO role, …]}.
     *
     * @param to the roles that it is no longer mapped to; none for all
     */
    record DropRoleMapping(String from, List<Name> to, boolean ifExists) implements SecurityCommand {
        /** Checks and copies. */
        public DropRoleMapping {
            to = List.copyOf(to);
        }
    }

    /** {@code ALTER SYSTEM SET DEFAULT ROLES (role, …)}; no role for none. */
    record SetDefaultRoles(List<Name> roles) implements SecurityCommand {
        /** Checks and copies. */
        public SetDefaultRoles {
            roles = List.copyOf(roles);
        }
    }

    /**
     * {@code CREATE [OR REPLACE] CUBE [IF NOT EXISTS] …}. Replacing keeps what was said of the former cube's parts.
     *
     * @param cube what was checked by the engine
     */
    record CreateCube(Cube cube, boolean orReplace, boolean ifNotExists) implements SecurityCommand {}

    /** {@code DROP CUBE [IF EXISTS] name}; takes what was said of it with it. Refused while members of it are granted. */
    record DropCube(TableName name, boolean ifExists) implements SecurityCommand {}

    /** {@code ALTER CUBE c ADD HIERARCHY …}. */
    record AddHierarchy(TableName cube, Hierarchy hierarchy) implements SecurityCommand {}

    /** {@code ALTER CUBE c ADD MEASURE …}. */
    record AddMeasure(TableName cube, Measure measure) implements SecurityCommand {}

    /** {@code ALTER CUBE c DROP {HIERARCHY | MEASURE} n}; the part is no dimension. */
    record DropCubePart(Part part) implements SecurityCommand {}

    /** {@code ALTER ROLE r SET VISIBILITY OF {DIMENSION d | HIERARCHY h | MEASURE m} IN CUBE c {SHOWN | HIDDEN}}. */
    record SetVisibility(Part part, Name role, boolean isShown) implements SecurityCommand {}

    /** {@code ALTER ROLE r RESET VISIBILITY OF … IN CUBE c}; resetting what is not set changes nothing. */
    record ResetVisibility(Part part, Name role) implements SecurityCommand {}

    /** {@code ALTER {ROLE r | USER u} SET DEFAULT MEMBER OF HIERARCHY h IN CUBE c TO ('path', …)}. */
    record SetDefaultMember(DefaultMember member) implements SecurityCommand {}

    /** {@code ALTER {ROLE r | USER u} RESET DEFAULT MEMBER OF HIERARCHY h IN CUBE c}; likewise. */
    record ResetDefaultMember(HierarchyName hierarchy, Grantee grantee) implements SecurityCommand {}

    /**
     * {@code GRANT MEMBERS ('path', …), … OF HIERARCHY h IN CUBE c TO ROLE r}.
     *
     * @param grant what is granted, beside what was granted already; the columns are those of the hierarchy as it is
     */
    record GrantMembers(MembersGrant grant) implements SecurityCommand {}

    /**
     * {@code REVOKE {MEMBERS ('path', …), … | ALL MEMBERS} OF HIERARCHY h IN CUBE c FROM ROLE r}; revoking what was not
     * granted changes nothing.
     *
     * @param members each as it was granted; none for all
     */
    record RevokeMembers(HierarchyName hierarchy, Name role, List<MemberPath> members) implements SecurityCommand {
        /** Checks and copies. */
        public RevokeMembers {
            members = List.copyOf(members);
        }
    }
}
