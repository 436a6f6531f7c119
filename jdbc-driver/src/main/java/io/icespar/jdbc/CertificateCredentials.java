package io.icespar.jdbc;

import io.icespar.jdbc.login.Credentials;
import io.icespar.jdbc.login.Refusal;
import java.util.Optional;

/** The certificate that the connection shows, and nothing in the requests themselves. */
final class CertificateCredentials implements Credentials {
    @Override
    public String authorization() {
        return "";
    }

    @Override
    public Optional<String> afterRefusal(String refused) {
        return Optional.empty();
    }

    @Override
    public String meaning(Refusal refusal) {
        return "the server does not let the certificate of `keyStore` log in";
    }

    @Override
    public String holder() {
        return "the user of the certificate of `keyStore`";
    }
}
