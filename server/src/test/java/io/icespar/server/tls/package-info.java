@NullMarked
package io.icespar.server.tls;

import org.jspecify.annotations.NullMarked;
