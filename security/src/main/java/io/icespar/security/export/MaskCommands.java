package io.icespar.security.export;

import io.icespar.security.mask.Mask;
import io.icespar.security.mask.Masks;
import java.util.stream.Stream;

/** Masks and who is shown them. */
final class MaskCommands {
    private MaskCommands() {}

    static Stream<String> created(Masks masks) {
        return masks.all().stream().map(MaskCommands::create);
    }

    private static String create(Mask mask) {
        return "CREATE MASK " + Words.name(mask.name()) + " ON " + Words.table(mask.table()) + " ("
                + Words.name(mask.column()) + ") USING " + Words.parenthesised(mask.expression()) + " TO "
                + Words.names(mask.to())
                + (mask.except().isEmpty() ? "" : " EXCEPT " + Words.names(mask.except()));
    }
}
