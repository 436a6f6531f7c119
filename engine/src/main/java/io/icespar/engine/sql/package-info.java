/** From text to a validated query or a command: the grammar, the parser and the validator. */
@NullMarked
package io.icespar.engine.sql;

import org.jspecify.annotations.NullMarked;
