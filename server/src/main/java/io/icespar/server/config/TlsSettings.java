package io.icespar.server.config;

import static io.icespar.engine.config.Problems.quote;

import io.icespar.engine.config.SettingsFile.Section;
import io.icespar.server.tls.CertificateFiles;
import io.icespar.server.tls.ClientCertificates;
import io.icespar.server.tls.NamePattern;
import io.icespar.server.tls.Password;
import io.icespar.server.tls.ServerTls;
import io.icespar.server.tls.TlsFiles;
import io.icespar.server.tls.UnusableFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How the server encrypts: {@code tls} in the section {@code server}.
 *
 * <p>Its certificate is either {@code keystore}, a PKCS #12 file, or {@code certificate} and {@code key}, files in PEM.
 * What the file or the key is locked with is {@code password}, or what the file {@code password-file} or the environment
 * variable {@value #PASSWORD_VARIABLE} holds. {@code client-certificates} has {@code trust}, {@code crl}, {@code mode} and
 * {@code name-pattern}, see {@link ClientCertificates}.
 *
 * @param files the files that it is set up by
 * @param hsts {@code hsts-seconds}: for how long a browser that was here is to come by TLS only; a year by default, 0 for
 *     not at all
 */
public record TlsSettings(TlsFiles files, Duration hsts) {
    /** The environment variable that holds the password, where the file does not. */
    public static final String PASSWORD_VARIABLE = "ICESPAR_TLS_PASSWORD";

    private static final int YEAR_SECONDS = 365 * 24 * 60 * 60;

    /** Whether clients without a certificate may come. */
    enum Mode {
        OPTIONAL,
        REQUIRED
    }

    static TlsSettings from(Section tls, Map<String, String> environment) {
        Optional<CertificateFiles> certificate = certificate(tls, environment);
        Optional<Section> clientSection = tls.findSection("client-certificates");
        Optional<ClientCertificates> clients = clientSection.map(TlsSettings::clients);
        Duration hsts = Duration.ofSeconds(tls.number("hsts-seconds", 0, Integer.MAX_VALUE, YEAR_SECONDS));
        // A stand-in where there is none: what is made of it is thrown away.
        Path nowhere = Path.of("");
        TlsFiles files = new TlsFiles(
                certificate.orElseGet(() -> new CertificateFiles.Pem(nowhere, nowhere, Optional.empty())), clients);
        if (certificate.isPresent()
                && files.all().stream().allMatch(file -> file.toFile().isFile())) {
            check(files, tls, clientSection);
        }
        return new TlsSettings(files, hsts);
    }

    private static void check(TlsFiles files, Section tls, Optional<Section> clients) {
        try {
            ServerTls.check(files);
        } catch (UnusableFile e) {
            String text = e.text();
            switch (e.role()) {
                case KEYSTORE -> tls.problem(tls.at("keystore"), text);
                case CERTIFICATE -> tls.problem(tls.at("certificate"), text);
                case KEY -> tls.problem(tls.at("key"), text);
                case PASSWORD ->
                    tls.problem(tls.at(tls.findText("password").isPresent() ? "password" : "password-file"), text);
                case TRUST -> clients.ifPresent(section -> section.problem(section.at("trust"), text));
                case CRL -> clients.ifPresent(section -> section.problem(section.at("crl"), text));
            }
        }
    }

    private static Optional<CertificateFiles> certificate(Section tls, Map<String, String> environment) {
        Optional<Path> keystore = tls.findFile("keystore");
        Optional<Path> certificate = tls.findFile("certificate");
        Optional<Path> key = tls.findFile("key");
        SecretSetting secret = SecretSetting.find(tls, "password", environment, PASSWORD_VARIABLE);
        Optional<Password> password = secret.file()
                .<Password>map(Password.InFile::new)
                .or(() -> secret.given().map(Password.Given::new));
        if (keystore.isPresent() && (certificate.isPresent() || key.isPresent())) {
            tls.problem(
                    tls.at("keystore"),
                    "there are both `keystore` and " + (certificate.isPresent() ? "`certificate`" : "`key`")
                            + ", expected either `keystore`, or `certificate` and `key`");
        } else if (keystore.isPresent()) {
            if (password.isEmpty()) {
                tls.problem(
                        tls.at("keystore"),
                        "`keystore` is there without what opens it, expected `password`, `password-file` or the"
                                + " environment variable " + quote(PASSWORD_VARIABLE));
            }
            return password.map(opens -> new CertificateFiles.Pkcs12(keystore.get(), opens));
        } else if (certificate.isPresent() && key.isPresent()) {
            return Optional.of(new CertificateFiles.Pem(certificate.get(), key.get(), password));
        } else if (certificate.isPresent() || key.isPresent()) {
            String given = certificate.isPresent() ? "certificate" : "key";
            String missing = certificate.isPresent() ? "key" : "certificate";
            tls.problem(tls.at(given), "`" + given + "` is there without `" + missing + "`");
        } else {
            tls.problem(
                    tls.name().at(), "there is no certificate, expected either `keystore`, or `certificate` and `key`");
        }
        return Optional.empty();
    }

    private static ClientCertificates clients(Section clients) {
        Path trust = clients.file("trust");
        Optional<Path> crl = clients.findFile("crl");
        boolean required = clients.choice("mode", Mode.OPTIONAL) == Mode.REQUIRED;
        return new ClientCertificates(trust, crl, required, namePattern(clients));
    }

    private static Optional<NamePattern> namePattern(Section clients) {
        Optional<String> text = clients.findText("name-pattern");
        try {
            return text.map(NamePattern::parse);
        } catch (IllegalArgumentException e) {
            clients.problem(
                    clients.at("name-pattern"), "`name-pattern` is " + quote(text.orElse("")) + ", " + e.getMessage());
            return Optional.empty();
        }
    }
}
