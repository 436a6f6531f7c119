/** Tests of logging in by what a provider vouches for, with a provider of their own that does as it is told. */
@NullMarked
package io.icespar.server.oidc;

import org.jspecify.annotations.NullMarked;
