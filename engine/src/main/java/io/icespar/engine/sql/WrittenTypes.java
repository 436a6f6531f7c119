package io.icespar.engine.sql;

import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCollectionTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlMapTypeNameSpec;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlRowTypeNameSpec;
import org.apache.calcite.sql.SqlTypeNameSpec;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Refuses casts to types that no value here can have, and literals of them. Of NULL, Calcite makes a literal of whatever
 * type, which no later stage could tell from one that was computed.
 */
final class WrittenTypes {
    private static final Set<String> UNICODE = Set.of("UTF8", "UTF-8");

    /** As Calcite's parser names them. */
    private static final Set<String> TYPES = Set.of(
            "BOOLEAN",
            "TINYINT",
            "SMALLINT",
            "INTEGER",
            "BIGINT",
            "DECIMAL",
            "REAL",
            "FLOAT",
            "DOUBLE",
            "CHAR",
            "VARCHAR",
            "BINARY",
            "VARBINARY",
            "DATE",
            "TIME",
            "TIMESTAMP");

    /** What Calcite's parser leaves for its validator to read. */
    private static final Set<String> LITERALS = Set.of("DATE", "TIME", "TIMESTAMP");

    private WrittenTypes() {}

    /**
     * Checks all that is written in a query or expression.
     *
     * @throws IcesparException {@code FEATURE_NOT_SUPPORTED} with the place of the first that is refused
     */
    static void check(SqlNode node) {
        node.accept(new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlCall call) {
                if (call.getKind() == SqlKind.CAST) {
                    checkCast(call);
                }
                return super.visit(call);
            }

            @Override
            public @Nullable Void visit(SqlLiteral literal) {
                if (literal instanceof SqlUnknownLiteral unknown && !LITERALS.contains(unknown.tag)) {
                    throw refused("`a literal of type " + written(unknown.tag) + "` is not supported", literal);
                }
                return null;
            }
        });
    }

    private static void checkCast(SqlCall cast) {
        if (cast.operandCount() > 2) {
            throw refused("`CAST` with a `FORMAT` is not supported, write `TO_DATE` or `TO_TIMESTAMP`", cast);
        }
        if (cast.operand(1) instanceof SqlDataTypeSpec type) {
            refusedPart(type.getTypeNameSpec()).ifPresent(part -> {
                throw refused("`CAST to " + part + "` is not supported", cast);
            });
        }
    }

    private static Optional<String> refusedPart(SqlTypeNameSpec type) {
        if (type instanceof SqlCollectionTypeNameSpec collection) {
            String kind = collection.getTypeName().getSimple();
            return kind.equals("ARRAY") ? refusedPart(collection.getElementTypeName()) : Optional.of(kind);
        }
        if (type instanceof SqlRowTypeNameSpec) {
            return Optional.of("ROW");
        }
        if (type instanceof SqlMapTypeNameSpec) {
            return Optional.of("MAP");
        }
        if (type instanceof SqlBasicTypeNameSpec basic) {
            String charset = basic.getCharSetName();
            if (charset != null && !UNICODE.contains(charset.toUpperCase(Locale.ROOT))) {
                return Optional.of("CHARACTER SET " + charset);
            }
            String name = basic.getTypeName().getSimple();
            return TYPES.contains(name) ? Optional.empty() : Optional.of(written(name));
        }
        // A name of no type, which the validator knows how to say.
        return Optional.empty();
    }

    // The parser's names of types are not the words that were written.
    private static String written(String name) {
        return name.replaceFirst("^U(.*INT.*)$", "$1 UNSIGNED")
                .replaceFirst("_TZ$", " WITH TIME ZONE")
                .replace('_', ' ');
    }

    private static IcesparException refused(String text, SqlNode where) {
        return new IcesparException(ErrorCode.FEATURE_NOT_SUPPORTED, text + SqlErrors.place(where));
    }
}
