package io.icespar.server.http;

import io.icespar.security.auth.Origin;
import java.net.InetSocketAddress;
import org.eclipse.jetty.server.Request;

/** Where a request comes from: the address at the other end of its connection, whatever its headers say. */
public final class RequestOrigin {
    private RequestOrigin() {}

    /** The origin of a request. */
    public static Origin of(Request request) {
        return request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress remote
                ? Origin.of(remote.getAddress())
                : Origin.PROCESS;
    }
}
