package io.icespar.engine.config;

import io.icespar.engine.config.SettingsFile.Section;
import io.icespar.security.audit.AuditFile;
import io.icespar.security.audit.WhenUnwritable;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is recorded of the server's work, and where: the section {@code audit}.
 *
 * @param file {@code file}: what is written to; {@code audit/audit.jsonl} in the data folder by default
 * @param whenUnwritable {@code when-unwritable}: what becomes of work that cannot be recorded; {@code refuse} by default
 * @param maxFileMegabytes {@code max-file-megabytes}: at which size a new file is begun; 100 by default
 * @param maxTotalMegabytes {@code max-total-megabytes}: how much older files may take together; 10,000 by default
 * @param days {@code days}: how many days are kept; 90 by default
 * @param maxStatementCharacters {@code max-statement-characters}: how much of a statement is written; 65,536 by default
 * @param sync {@code sync}: whether each event is on the disk itself before work goes on; {@code false} by default
 * @param remembered {@code remembered}: how many events {@code SHOW AUDIT} gives; 1,000 by default
 */
public record AuditSettings(
        Optional<Path> file,
        WhenUnwritable whenUnwritable,
        int maxFileMegabytes,
        int maxTotalMegabytes,
        int days,
        int maxStatementCharacters,
        boolean sync,
        int remembered) {
    /** The settings where nothing is said. */
    public static final AuditSettings DEFAULT =
            new AuditSettings(Optional.empty(), WhenUnwritable.REFUSE, 100, 10_000, 90, 65_536, false, 1_000);

    static AuditSettings from(Section audit) {
        return new AuditSettings(
                audit.findPath("file"),
                audit.choice("when-unwritable", DEFAULT.whenUnwritable),
                audit.number("max-file-megabytes", 1, 100_000, DEFAULT.maxFileMegabytes),
                audit.number("max-total-megabytes", 1, 100_000_000, DEFAULT.maxTotalMegabytes),
                audit.number("days", 1, 36_500, DEFAULT.days),
                audit.number("max-statement-characters", 1, 100_000_000, DEFAULT.maxStatementCharacters),
                audit.flag("sync", DEFAULT.sync),
                audit.number("remembered", 1, 100_000, DEFAULT.remembered));
    }

    /** The file that is written to, of an engine with that data folder. */
    public AuditFile file(Path data) {
        return new AuditFile(
                file.orElseGet(() -> data.resolve("audit").resolve("audit.jsonl")),
                maxFileMegabytes,
                days,
                maxTotalMegabytes,
                maxStatementCharacters,
                sync);
    }
}
