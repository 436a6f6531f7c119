package io.icespar.server.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMDecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;

/**
 * A private key as it stands in a file of PEM: by PKCS #8, PKCS #1 or SEC 1, encrypted or not.
 *
 * @param block what the parser made of it
 */
record PemKey(Object block) {

    /** The key that a block is; empty if it is something else. */
    static Optional<PemKey> find(Object block) {
        boolean isKey = block instanceof PrivateKeyInfo
                || block instanceof PEMKeyPair
                || block instanceof PKCS8EncryptedPrivateKeyInfo
                || block instanceof PEMEncryptedKeyPair;
        return isKey ? Optional.of(new PemKey(block)) : Optional.empty();
    }

    boolean isEncrypted() {
        return block instanceof PKCS8EncryptedPrivateKeyInfo || block instanceof PEMEncryptedKeyPair;
    }

    /**
     * The key itself.
     *
     * @throws IOException if it is damaged, or encrypted with another password
     * @throws GeneralSecurityException likewise, or if it is of a kind that is not known
     */
    PrivateKey decrypted(String password) throws IOException, GeneralSecurityException {
        PrivateKeyInfo plain = plain(password);
        // Of the JDK's own classes, which its TLS knows best.
        return KeyFactory.getInstance(algorithm(plain)).generatePrivate(new PKCS8EncodedKeySpec(plain.getEncoded()));
    }

    private PrivateKeyInfo plain(String password) throws IOException {
        // An object, not registered: what else runs here keeps the providers it has.
        Provider ciphers = new BouncyCastleProvider();
        try {
            if (block instanceof PKCS8EncryptedPrivateKeyInfo encrypted) {
                return encrypted.decryptPrivateKeyInfo(new JceOpenSSLPKCS8DecryptorProviderBuilder()
                        .setProvider(ciphers)
                        .build(password.toCharArray()));
            } else if (block instanceof PEMEncryptedKeyPair encrypted) {
                return encrypted
                        .decryptKeyPair(new JcePEMDecryptorProviderBuilder()
                                .setProvider(ciphers)
                                .build(password.toCharArray()))
                        .getPrivateKeyInfo();
            }
        } catch (IOException | OperatorCreationException | PKCSException | RuntimeException e) {
            throw new PEMException("the key cannot be decrypted", e);
        }
        return block instanceof PEMKeyPair pair ? pair.getPrivateKeyInfo() : (PrivateKeyInfo) block;
    }

    private static String algorithm(PrivateKeyInfo key) throws NoSuchAlgorithmException {
        ASN1ObjectIdentifier id = key.getPrivateKeyAlgorithm().getAlgorithm();
        if (id.equals(PKCSObjectIdentifiers.rsaEncryption)) {
            return "RSA";
        } else if (id.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            return "EC";
        } else if (id.equals(EdECObjectIdentifiers.id_Ed25519)) {
            return "Ed25519";
        }
        throw new NoSuchAlgorithmException(id.getId());
    }
}
