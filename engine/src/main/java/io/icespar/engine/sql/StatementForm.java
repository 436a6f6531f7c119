package io.icespar.engine.sql;

import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Name;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.fun.SqlBetweenOperator;
import org.jspecify.annotations.Nullable;

/**
 * Refuses statements by their form alone, before anything is looked up: those of a kind that no later stage knows, and
 * those that would take for ever to plan, since what they abbreviate is written out: {@code NULLIF(a, b)} holds {@code a}
 * twice, and so four times if it stands in another.
 */
final class StatementForm {
    private static final long MAX_GROWTH = 20;
    private static final long ALLOWANCE = 5_000;

    /** How large each node is once it is written out. The same node may stand in several places. */
    private final IdentityHashMap<SqlNode, Long> sizes = new IdentityHashMap<>();

    private final StatementSize amounts = new StatementSize();

    /** How large the queries are that names of a {@code WITH} stand for: each is written out where it is named. */
    private final Map<Name, Long> queries = new HashMap<>();

    private StatementForm() {}

    /**
     * Checks a statement.
     *
     * @throws IcesparException {@code FEATURE_NOT_SUPPORTED} or {@code SYNTAX}
     */
    static void check(SqlNode statement) {
        var form = new StatementForm();
        long size;
        try {
            size = form.size(statement);
        } catch (StackOverflowError e) {
            throw new IcesparException(ErrorCode.SYNTAX, "the statement is nested too deeply", e);
        }
        if (size > form.sizes.size() * MAX_GROWTH + ALLOWANCE) {
            throw new IcesparException(ErrorCode.SYNTAX, "the statement is nested too deeply");
        }
    }

    private long size(@Nullable SqlNode node) {
        if (node == null) {
            return 0;
        }
        Long known = sizes.get(node);
        if (known == null) {
            known = Math.min(measured(node), Long.MAX_VALUE >> 24);
            sizes.put(node, known);
        }
        return known;
    }

    private long measured(SqlNode node) {
        if (node instanceof SqlNodeList list) {
            return 1 + list.getList().stream().mapToLong(this::size).sum();
        }
        if (node instanceof SqlIdentifier identifier && identifier.isSimple()) {
            return 1 + queries.getOrDefault(Name.of(identifier.getSimple()), 0L);
        }
        if (!(node instanceof SqlCall call)) {
            return 1;
        }
        RefusedForms.check(call);
        amounts.count(call);
        if (call instanceof SqlWithItem item) {
            long written = size(item.query);
            queries.put(Name.of(item.name.getSimple()), written);
            return 1 + written;
        }
        long sum = 1 + call.getOperandList().stream().mapToLong(this::size).sum();
        return call instanceof SqlBasicCall ? sum + repeated(call) : sum;
    }

    /** How much of the call's operands is written out once more. */
    private long repeated(SqlCall call) {
        if (call.getOperandList().isEmpty()) {
            return 0;
        }
        long first = size(call.getOperandList().get(0));
        if (call.getOperator() instanceof SqlBetweenOperator between) {
            boolean symmetric = between.flag == SqlBetweenOperator.Flag.SYMMETRIC;
            return (symmetric ? first + operands(call) : first) * (holdsRow(call) ? 2 : 1);
        }
        if (call.getKind() == SqlKind.IS_DISTINCT_FROM || call.getKind() == SqlKind.IS_NOT_DISTINCT_FROM) {
            return operands(call);
        }
        if (SqlKind.COMPARISON.contains(call.getKind()) && holdsRow(call)) {
            return operands(call);
        }
        if (call.getKind() == SqlKind.IN || call.getKind() == SqlKind.NOT_IN) {
            return call.getOperandList().get(1) instanceof SqlNodeList list ? (first - 1) * list.size() : 0;
        }
        // Before names are looked up, a function has no kind.
        return switch (call.getOperator().getName().toUpperCase(Locale.ROOT)) {
            case "NULLIF" -> first;
            // Compared with each of the others.
            case "DECODE" -> first * call.operandCount();
            case "REGEXP_SUBSTR" -> first;
            case "REGEXP_INSTR" -> 2 * first;
            case "POSITION", "{FN LOCATE}" -> call.operandCount() == 3 ? 8 * operands(call) : 0;
            case "OVERLAY", "{FN INSERT}" -> 8 * operands(call);
            // Literals are left as they are.
            case "SUBSTRING", "SUBSTR", "{FN SUBSTRING}" -> 8 * (operands(call) - notLiteral(first, call));
            case "CEIL", "CEILING" -> call.operandCount() == 2 ? 3 * first : 0;
            case "GREATEST", "LEAST" -> operands(call) * call.operandCount();
            case "LPAD", "RPAD", "SPLIT_PART" -> call.operandCount() == 3 ? 4 * operands(call) : 0;
            case "COALESCE", "NVL", "IFNULL" -> operands(call);
            default -> 0;
        };
    }

    private static boolean holdsRow(SqlCall call) {
        return call.getOperandList().stream().anyMatch(operand -> operand.getKind() == SqlKind.ROW);
    }

    private static long notLiteral(long first, SqlCall call) {
        return call.getOperandList().get(0) instanceof SqlLiteral ? 0 : first;
    }

    private long operands(SqlCall call) {
        // Literals are not worked on.
        return call.getOperandList().stream()
                .filter(operand -> !(operand instanceof SqlLiteral))
                .mapToLong(this::size)
                .sum();
    }
}
