package io.icespar.jdbc;

import java.io.IOException;
import org.apache.calcite.avatica.proto.Common.WireMessage;
import org.apache.calcite.avatica.proto.Requests;
import org.apache.calcite.avatica.remote.ProtobufTranslationImpl;
import org.apache.calcite.avatica.remote.Service.Request;
import org.apache.calcite.avatica.remote.Service.Response;

/**
 * Requests and responses as bytes.
 *
 * <p>Avatica's protocol names each message by its Java class. In the driver's jar those classes have other names, so
 * Avatica's own stand here in a form that the tool which renames does not see.
 */
final class WireMessages {
    private static final String PROTOCOL = String.join(".", "org", "apache", "calcite", "avatica", "proto") + ".";
    private static final String OURS = Requests.class.getPackageName() + ".";

    private final ProtobufTranslationImpl translation = new ProtobufTranslationImpl();

    byte[] encode(Request request) throws IOException {
        return renamed(translation.serializeRequest(request), OURS, PROTOCOL);
    }

    /**
     * The response.
     *
     * @throws IOException if it is none
     */
    Response decode(byte[] bytes) throws IOException {
        try {
            return translation.parseResponse(renamed(bytes, PROTOCOL, OURS));
        } catch (IllegalArgumentException e) {
            throw new IOException("no response of Avatica's protocol", e);
        }
    }

    private static byte[] renamed(byte[] bytes, String from, String to) throws IOException {
        if (from.equals(to)) {
            return bytes;
        }
        var message = WireMessage.parseFrom(bytes);
        return message.getName().startsWith(from)
                ? message.toBuilder()
                        .setName(to + message.getName().substring(from.length()))
                        .build()
                        .toByteArray()
                : bytes;
    }
}
