package io.icespar.engine.generated;

/** What a value is: what can be done with it. */
enum Kind {
    TEXT,
    WHOLE,
    DECIMAL,
    DAY,
    TRUTH
}
