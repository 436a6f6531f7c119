/** Tests of logging in with a browser. */
@NullMarked
package io.icespar.server.browser;

import org.jspecify.annotations.NullMarked;
