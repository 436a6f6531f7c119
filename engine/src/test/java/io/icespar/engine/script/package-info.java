/** The behaviour that anyone can see through SQL, as scripts: one a topic, run as the sample's users. */
@NullMarked
package io.icespar.engine.script;

import org.jspecify.annotations.NullMarked;
