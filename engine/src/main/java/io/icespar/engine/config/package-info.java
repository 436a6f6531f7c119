/** Configuration files: read strictly, every mistake with its file and line, before anything starts. */
@NullMarked
package io.icespar.engine.config;

import org.jspecify.annotations.NullMarked;
