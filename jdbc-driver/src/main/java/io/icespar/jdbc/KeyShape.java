package io.icespar.jdbc;

import java.sql.Types;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.ColumnMetaData.Rep;
import org.apache.calcite.avatica.Meta.CursorFactory;
import org.apache.calcite.avatica.Meta.Signature;
import org.apache.calcite.avatica.Meta.StatementType;
import org.apache.calcite.avatica.MetaImpl;

/**
 * The columns in which keys are listed, as JDBC lays them down. The server sends their rows without them. Names are
 * texts, but those in {@link #SHORTS}.
 */
enum KeyShape {
    /** Of {@link java.sql.DatabaseMetaData#getPrimaryKeys}. */
    PRIMARY_KEYS("TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME KEY_SEQ PK_NAME"),

    /** Of {@link java.sql.DatabaseMetaData#getImportedKeys} and the like. */
    FOREIGN_KEYS("PKTABLE_CAT PKTABLE_SCHEM PKTABLE_NAME PKCOLUMN_NAME FKTABLE_CAT FKTABLE_SCHEM FKTABLE_NAME"
            + " FKCOLUMN_NAME KEY_SEQ UPDATE_RULE DELETE_RULE FK_NAME PK_NAME DEFERRABILITY");

    private static final List<String> SHORTS = List.of("KEY_SEQ", "UPDATE_RULE", "DELETE_RULE", "DEFERRABILITY");

    private final String names;

    KeyShape(String names) {
        this.names = names;
    }

    /** The columns in Avatica's terms. */
    Signature signature() {
        var columns = new ArrayList<ColumnMetaData>();
        for (var name : names.split(" ", -1)) {
            var type = SHORTS.contains(name)
                    ? ColumnMetaData.scalar(Types.SMALLINT, "SMALLINT", Rep.SHORT)
                    : ColumnMetaData.scalar(Types.VARCHAR, "VARCHAR", Rep.STRING);
            columns.add(MetaImpl.columnMetaData(name, columns.size(), type, true));
        }
        return new Signature(columns, "", List.of(), Collections.emptyMap(), CursorFactory.LIST, StatementType.SELECT);
    }
}
