package io.icespar.engine.sql;

import io.icespar.security.cube.Part;
import io.icespar.security.identity.Grantee;
import io.icespar.security.identity.Name;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;

/** A command on cubes, as it was parsed. */
sealed interface CubeCommand {

    /** {@code LEVEL name AS column}. */
    record LevelClause(SqlIdentifier name, SqlIdentifier column) {}

    /** {@code HIERARCHY name (level, …) [SLICING] [DIMENSION dimension]}. */
    record HierarchyClause(
            SqlIdentifier name, List<LevelClause> levels, boolean isSlicing, Optional<SqlIdentifier> dimension) {
        /** Copies. */
        public HierarchyClause {
            levels = List.copyOf(levels);
        }
    }

    /**
     * {@code MEASURE name AS expression [FORMAT 'pattern'] [DESCRIPTION 'text']}.
     *
     * @param open the token before the expression
     * @param end its last token
     */
    record MeasureClause(
            SqlIdentifier name,
            SqlNode expression,
            SqlParserPos open,
            SqlParserPos end,
            Optional<SqlNode> format,
            Optional<SqlNode> description) {}

    /** {@code CREATE CUBE}; its parts are still to be checked. */
    record Create(
            SqlIdentifier cube,
            SqlIdentifier fact,
            boolean isAuto,
            List<HierarchyClause> hierarchies,
            List<MeasureClause> measures,
            boolean orReplace,
            boolean ifNotExists)
            implements CubeCommand, Command.Creation {
        /** Copies. */
        public Create {
            hierarchies = List.copyOf(hierarchies);
            measures = List.copyOf(measures);
        }
    }

    /** {@code DROP CUBE [IF EXISTS] cube}. */
    record Drop(SqlIdentifier cube, boolean ifExists) implements CubeCommand {}

    /** {@code ALTER CUBE cube ADD HIERARCHY …}. */
    record AddHierarchy(SqlIdentifier cube, HierarchyClause hierarchy) implements CubeCommand {}

    /** {@code ALTER CUBE cube ADD MEASURE …}. */
    record AddMeasure(SqlIdentifier cube, MeasureClause measure) implements CubeCommand {}

    /** {@code ALTER CUBE cube DROP {HIERARCHY | MEASURE} name}. */
    record DropPart(SqlIdentifier cube, Part.Kind kind, SqlIdentifier name) implements CubeCommand {}

    /** {@code ALTER ROLE role {SET | RESET} VISIBILITY OF {DIMENSION | HIERARCHY | MEASURE} name IN CUBE cube …}; empty to reset. */
    record Visibility(Name role, Part.Kind kind, SqlIdentifier name, SqlIdentifier cube, Optional<Boolean> isShown)
            implements CubeCommand {}

    /** {@code ALTER {ROLE | USER} … {SET | RESET} DEFAULT MEMBER OF HIERARCHY h IN CUBE c [TO (path)]}; empty to reset. */
    record DefaultMember(Grantee grantee, SqlIdentifier hierarchy, SqlIdentifier cube, Optional<SqlNodeList> path)
            implements CubeCommand {}

    /** {@code GRANT MEMBERS (path), … OF HIERARCHY h IN CUBE c TO ROLE r}, and {@code REVOKE}; no path for all. */
    record Members(boolean isGrant, List<SqlNodeList> paths, SqlIdentifier hierarchy, SqlIdentifier cube, Name role)
            implements CubeCommand {
        /** Copies. */
        public Members {
            paths = List.copyOf(paths);
        }
    }
}
