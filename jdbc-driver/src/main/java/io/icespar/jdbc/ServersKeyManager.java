package io.icespar.jdbc;

import java.net.Socket;
import java.net.URI;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** Shows a client's certificate to one server alone: a provider that users log in at learns nothing of it. */
final class ServersKeyManager extends X509ExtendedKeyManager {
    private final X509ExtendedKeyManager keys;
    private final URI server;

    ServersKeyManager(X509ExtendedKeyManager keys, URI server) {
        this.keys = keys;
        this.server = server;
    }

    @Override
    public @Nullable String chooseEngineClientAlias(String[] keyTypes, Principal[] issuers, SSLEngine engine) {
        var isServer = engine != null
                && server.getPort() == engine.getPeerPort()
                && bare(server.getHost()).equalsIgnoreCase(bare(engine.getPeerHost()));
        return isServer ? keys.chooseEngineClientAlias(keyTypes, issuers, engine) : null;
    }

    /** An address of IPv6 without its brackets. */
    private static String bare(@Nullable String host) {
        return host == null ? "" : host.replaceAll("^\\[|]$", "");
    }

    @Override
    public @Nullable String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
        // The driver speaks through engines only.
        return null;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return keys.getCertificateChain(alias);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return keys.getPrivateKey(alias);
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
        return keys.getClientAliases(keyType, issuers);
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal[] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        return null;
    }
}
