/** Tests of what logins are made of. */
@NullMarked
package io.icespar.jdbc.login;

import org.jspecify.annotations.NullMarked;
