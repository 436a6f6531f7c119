package io.icespar.security.audit;

import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Something that happened, as the audit keeps it. */
public sealed interface AuditEvent {

    /** When it was recorded. */
    Instant time();

    /**
     * Somebody logged in, or tried to.
     *
     * @param user the user's name as it was given, which need not be one that exists
     * @param address where the attempt came from; empty if from this process itself
     * @param outcome whether it was let in; a refusal has its reason
     */
    record Login(Instant time, String user, Optional<String> address, Outcome outcome) implements AuditEvent {}

    /**
     * A statement is about to be carried out. Recorded only where an audit that cannot be written refuses work: it is
     * there before anything is given out or done.
     */
    record StatementBegan(Instant time, Facts facts) implements AuditEvent {}

    /**
     * A statement is over.
     *
     * @param rows how many rows were given; of a command none
     * @param duration from when it was asked for
     */
    record StatementEnded(Instant time, Facts facts, long rows, Duration duration, Outcome outcome)
            implements AuditEvent {}

    /** What a statement is. */
    enum Kind {
        /** It gives rows, or was not understood. */
        QUERY,
        /** It changes who may see what. */
        COMMAND
    }

    /**
     * What is known of a statement.
     *
     * @param id the same in all events of one statement, and in those of no other
     * @param caller whose rights it has
     * @param administrator who acts as the caller, if someone does
     * @param text the statement without passwords; empty if it could not be read, as it may hold one then
     * @param tables the tables that it reads, each once
     * @param epoch the epoch of the security state that it was decided by; of a command, the one that it made
     * @param restrictions the names of the restrictions that held on the tables
     * @param masks the names of the masks that stood in place of columns of the tables
     */
    record Facts(
            String id,
            Kind kind,
            Name caller,
            Optional<Name> administrator,
            Optional<String> text,
            List<TableName> tables,
            Optional<Long> epoch,
            List<Name> restrictions,
            List<Name> masks) {
        /** Checks and copies. */
        public Facts {
            tables = List.copyOf(tables);
            restrictions = List.copyOf(restrictions);
            masks = List.copyOf(masks);
        }
    }

    /** How something ended. */
    enum Ending {
        /** As it should; all rows were given. */
        COMPLETED,
        /** Whoever asked had enough before the last row. */
        CLOSED,
        /** With an error, cancelled and refused ones among them. */
        FAILED
    }

    /**
     * How something ended, and why.
     *
     * @param sqlState the SQLSTATE of the error, or {@code 00000}
     * @param reason for the refusal of a login; not for who was refused
     */
    record Outcome(Ending ending, String sqlState, Optional<String> reason) {
        /** No error. */
        static final String SUCCESS = "00000";

        /** It ended without an error. */
        static Outcome success(Ending ending) {
            return new Outcome(ending, SUCCESS, Optional.empty());
        }

        /** It ended with an error. */
        static Outcome failure(String sqlState) {
            return new Outcome(Ending.FAILED, sqlState, Optional.empty());
        }
    }
}
