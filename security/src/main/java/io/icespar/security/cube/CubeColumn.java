package io.icespar.security.cube;

import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import java.util.List;

/**
 * A column of a cube's fact table or of a table that it references, at any distance.
 *
 * @param path the joins from the fact table on; none for a column of the fact table itself
 * @param column the column of the table at the path's end
 */
public record CubeColumn(List<Join> path, Name column) {
    /** Checks and copies. */
    public CubeColumn {
        path = List.copyOf(path);
    }

    /** The table whose column it is, in a cube on that fact table. */
    public TableName table(TableName fact) {
        return path.isEmpty() ? fact : path.get(path.size() - 1).target();
    }
}
