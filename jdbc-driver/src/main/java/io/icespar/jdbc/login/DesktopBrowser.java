package io.icespar.jdbc.login;

import java.awt.Desktop;
import java.io.IOException;
import java.net.URI;

/** The browser of the desktop; where there is none, the address is printed for the person to open. */
final class DesktopBrowser implements Browser {
    @Override
    public void open(URI address) {
        if (!isOpened(address)) {
            System.err.println("Icespar: to log in, open this address in a browser on this machine: " + address);
        }
    }

    private static boolean isOpened(URI address) {
        // A small runtime comes without java.desktop, and then none of its classes may be touched.
        if (ModuleLayer.boot().findModule("java.desktop").isEmpty()
                || !Desktop.isDesktopSupported()
                || !Desktop.getDesktop().isSupported(Desktop.Action.BROWSE)) {
            return false;
        }
        try {
            Desktop.getDesktop().browse(address);
            return true;
        } catch (IOException | UnsupportedOperationException | SecurityException e) {
            return false;
        }
    }
}
