package dev.sluice.service.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/// What the service proves itself with: a private key and its certificate chain. Immutable; its text form
/// hides the key.
public final class PemIdentity {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final int MOST_BYTES = 1 << 20;

    private final PrivateKey key;
    private final List<X509Certificate> chain;

    private PemIdentity(PrivateKey key, List<X509Certificate> chain) {
        this.key = key;
        this.chain = chain;
    }

    /// Reads PEM files.
    ///
    /// @param certificate the certificate, followed by those of the authorities between it and the root
    /// @param key the private key, PKCS#8, not encrypted
    /// @throws IllegalArgumentException saying which file is wrong and what to do; nothing of the key is in
    ///     it
    public static PemIdentity read(Path certificate, Path key) {
        List<X509Certificate> chain = chain(certificate);
        PrivateKey privateKey = privateKey(key, chain.getFirst());
        if (!matches(privateKey, chain.getFirst())) {
            throw new IllegalArgumentException("the TLS key " + key + " does not belong to the certificate "
                    + certificate + ": give the key that the certificate was requested with");
        }
        return new PemIdentity(privateKey, chain);
    }

    PrivateKey key() {
        return key;
    }

    List<X509Certificate> chain() {
        return chain;
    }

    /// Returns when the certificate stops being accepted.
    public Instant validUntil() {
        return chain.getFirst().getNotAfter().toInstant();
    }

    @Override
    public String toString() {
        return "PemIdentity[subject=" + chain.getFirst().getSubjectX500Principal() + "]";
    }

    private static List<X509Certificate> chain(Path file) {
        byte[] bytes = bytes(file, "certificate");
        try {
            var found = CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(bytes));
            if (!found.isEmpty()) {
                return found.stream().map(X509Certificate.class::cast).toList();
            }
        } catch (CertificateException malformed) {
            throw new IllegalArgumentException(noCertificate(file), malformed);
        }
        throw new IllegalArgumentException(noCertificate(file));
    }

    private static String noCertificate(Path file) {
        return "the TLS certificate " + file + " is not in PEM form (-----BEGIN CERTIFICATE-----)";
    }

    private static PrivateKey privateKey(Path file, X509Certificate certificate) {
        String text = new String(bytes(file, "key"), StandardCharsets.ISO_8859_1);
        var matcher = KEY.matcher(text);
        if (!matcher.find()) {
            throw new IllegalArgumentException("the TLS key " + file + " is not an unencrypted PKCS#8 key in PEM form"
                    + " (-----BEGIN PRIVATE KEY-----): convert it with `openssl pkcs8 -topk8 -nocrypt`");
        }
        String algorithm = certificate.getPublicKey().getAlgorithm();
        try {
            byte[] encoded = Base64.getMimeDecoder().decode(matcher.group(1));
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException | IllegalArgumentException unusable) {
            // its message may repeat bytes of the key
            throw new IllegalArgumentException(
                    "the TLS key " + file + " cannot be read as the " + algorithm + " key of the certificate");
        }
    }

    private static boolean matches(PrivateKey key, X509Certificate certificate) {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
        byte[] probe = {1, 2, 3};
        try {
            var signer = Signature.getInstance(algorithm);
            signer.initSign(key);
            signer.update(probe);
            var verifier = Signature.getInstance(algorithm);
            verifier.initVerify(certificate.getPublicKey());
            verifier.update(probe);
            return verifier.verify(signer.sign());
        } catch (GeneralSecurityException impossible) {
            return false;
        }
    }

    private static byte[] bytes(Path file, String what) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new IllegalArgumentException("the TLS " + what + " " + file + " is too large to be one");
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException absent) {
            throw new IllegalArgumentException("the TLS " + what + " " + file + " does not exist", absent);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(
                    "the TLS " + what + " " + file + " cannot be read (" + unreadable + ")", unreadable);
        }
    }
}
