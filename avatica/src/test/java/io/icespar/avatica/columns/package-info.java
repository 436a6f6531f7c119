/** What goes over the wire as columns comes back as it was. */
@NullMarked
package io.icespar.avatica.columns;

import org.jspecify.annotations.NullMarked;
