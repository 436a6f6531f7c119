package io.icespar.engine.secure;

import io.icespar.security.context.ContextValues;
import io.icespar.security.context.ResolvedValue;
import io.icespar.security.context.TypedValue;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.Name;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a plan was made from that is the caller's own, beside the rights. It would be the same plan for every caller with
 * the same {@linkplain #of answers} to what was read here.
 *
 * @param name whether the plan has the caller's name in it
 * @param values the context values that the plan has in it, be they set or not
 * @param slots where values are filled in when the plan runs
 */
public record CallerReads(boolean name, Set<Name> values, Set<Slot> slots) {
    /** Checks and copies. */
    public CallerReads {
        values = Collections.unmodifiableSortedSet(new TreeSet<>(values));
        slots = Collections.unmodifiableSet(new LinkedHashSet<>(slots));
    }

    /**
     * What one caller answers.
     *
     * @param reads to what; without it, the answers to one question could be taken for those to another
     * @param spelling the caller's name, if it was read
     * @param values the context values that were read, in the order of their names, as far as they are set
     * @param open for each slot whether the caller has something to fill in
     */
    public record Answers(
            CallerReads reads, Optional<String> spelling, List<Optional<TypedValue>> values, List<Boolean> open) {
        /** Checks and copies. */
        public Answers {
            values = List.copyOf(values);
            open = List.copyOf(open);
        }
    }

    /** What a caller answers to all that was read. */
    public Answers of(Caller caller, ContextValues resolved) {
        return new Answers(
                this,
                name ? Optional.of(caller.name().spelling()) : Optional.empty(),
                values.stream()
                        .map(value -> resolved.find(value).flatMap(ResolvedValue::value))
                        .toList(),
                slots.stream()
                        .map(slot -> slot.content(caller, resolved).isPresent())
                        .toList());
    }

    /** All that was read here or there. */
    public CallerReads and(CallerReads others) {
        Set<Name> allValues = new TreeSet<>(values);
        allValues.addAll(others.values);
        Set<Slot> allSlots = new LinkedHashSet<>(slots);
        allSlots.addAll(others.slots);
        return new CallerReads(name || others.name, allValues, allSlots);
    }

    /** Reads while a query is planned. Belongs to one query and one thread. */
    static final class Recorder {
        private boolean name;
        private final SortedSet<Name> values = new TreeSet<>();
        private final List<Slot> slots = new ArrayList<>();

        void readName() {
            name = true;
        }

        void readValue(Name value) {
            values.add(value);
        }

        /** The number of a slot in the plan, from 0, the same each time. */
        int number(Slot slot) {
            if (!slots.contains(slot)) {
                slots.add(slot);
            }
            return slots.indexOf(slot);
        }

        /** The slots by their numbers. */
        List<Slot> slots() {
            return List.copyOf(slots);
        }

        CallerReads reads() {
            return new CallerReads(name, values, new LinkedHashSet<>(slots));
        }
    }
}
