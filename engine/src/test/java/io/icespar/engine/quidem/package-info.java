/** The readable specification: Quidem scripts, one a topic, run as the sample's users over embedded JDBC. */
@NullMarked
package io.icespar.engine.quidem;

import org.jspecify.annotations.NullMarked;
