@NullMarked
package io.icespar.engine.config;

import org.jspecify.annotations.NullMarked;
