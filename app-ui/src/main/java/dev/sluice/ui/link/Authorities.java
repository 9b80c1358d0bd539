package dev.sluice.ui.link;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// The certificates that vouch for a service: those of one file, instead of the ones this machine trusts.
/// Host names are checked as ever.
public final class Authorities {
    private Authorities() {}

    /// Reads certificates in PEM; a service's own, if it is self-signed, will do.
    ///
    /// @throws IOException if the file cannot be read, or holds no certificate; the message is fit for the
    ///     operator
    public static SSLContext read(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IOException("cannot read the certificate file " + file);
        }
        try {
            var found = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)));
            if (found.isEmpty()) {
                throw new IOException("the certificate file " + file + " holds no certificate");
            }
            var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            for (var certificate : found) {
                trusted.setCertificateEntry("ca-" + trusted.size(), certificate);
            }
            var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            var context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificate file " + file + " holds no PEM certificate: " + e.getMessage(), e);
        }
    }
}
