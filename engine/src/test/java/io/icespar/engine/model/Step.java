package io.icespar.engine.model;

import java.util.OptionalInt;
import java.util.function.Predicate;

/** Something that someone does. */
sealed interface Step {

    /** How a question is asked. */
    enum Way {
        /** As a new statement of the user's connection. */
        ANEW,
        /** As a statement that the user's connection prepared when it was asked so for the first time. */
        PREPARED,
        /** By an administrator, through the user's eyes. */
        THROUGH_ANOTHERS_EYES
    }

    /**
     * The administrator runs a command.
     *
     * @param inModel carries it out in the model; whether it is carried out at all
     */
    record Administer(String sql, Predicate<Model> inModel) implements Step {
        @Override
        public String toString() {
            return sql;
        }
    }

    /** A user sets the context value {@code least}; what is set is taken back if there is none. */
    record SetLeast(String user, boolean isGlobal, OptionalInt least) implements Step {
        String sql() {
            String scope = isGlobal ? "GLOBAL " : "";
            return least.isPresent() ? "SET " + scope + "least = " + least.getAsInt() : "RESET " + scope + "least";
        }

        @Override
        public String toString() {
            return user + ": " + sql();
        }
    }

    /** A user asks something. */
    record Ask(String user, Question question, Way way) implements Step {
        @Override
        public String toString() {
            return user + ", " + way + ": " + question.sql();
        }
    }
}
