package io.icespar.security.audit;

import java.nio.file.Path;

/**
 * Where the audit is written to, and how much of it is kept.
 *
 * @param path the file that is written to; older ones stand beside it, compressed, with their day and a number
 * @param maxMegabytes at which size a new file is begun; one is begun each day in any case
 * @param days how many days are kept
 * @param totalMegabytes how much all older files may take together; the oldest go first
 * @param maxCharacters how much of a statement's text is written
 * @param sync whether each event is on the disk itself before work goes on, so that not even a power failure loses it
 */
public record AuditFile(Path path, int maxMegabytes, int days, int totalMegabytes, int maxCharacters, boolean sync) {

    /** The file with the usual limits: 100 MB a file, 90 days, 10 GB, 64 Ki characters; not synchronised. */
    public static AuditFile of(Path path) {
        return new AuditFile(path, 100, 90, 10_000, 65_536, false);
    }
}
