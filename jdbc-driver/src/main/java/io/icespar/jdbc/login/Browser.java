package io.icespar.jdbc.login;

import java.net.URI;

/** Shows a page to the person in front of the program. */
@FunctionalInterface
public interface Browser {
    /** Shows the page at an address, or tells the person to open it. Does not wait. */
    void open(URI address);
}
