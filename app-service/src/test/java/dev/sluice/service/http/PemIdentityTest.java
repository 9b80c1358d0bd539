package dev.sluice.service.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PemIdentityTest {
    @TempDir
    static Path directory;

    private static TestPem rsa;
    private static TestPem ec;

    @BeforeAll
    static void make() throws Exception {
        rsa = TestPem.in(directory, "RSA");
        ec = TestPem.in(directory, "EC");
    }

    @Test
    @DisplayName("X2 its text form hides the key")
    void hidesItsKey() {
        var identity = PemIdentity.read(rsa.certificate(), rsa.key());

        assertThat(identity).hasToString("PemIdentity[subject=CN=localhost]");
    }

    @Test
    void absentFile() {
        assertRefused(directory.resolve("none.pem"), rsa.key(), "the TLS certificate", "does not exist");
        assertRefused(rsa.certificate(), directory.resolve("none.pem"), "the TLS key", "does not exist");
    }

    @Test
    void directoryInsteadOfAFile() {
        assertRefused(directory, rsa.key(), "cannot be read");
    }

    @Test
    void swappedFiles() {
        assertRefused(rsa.key(), rsa.certificate(), "the TLS certificate", "-----BEGIN CERTIFICATE-----");
    }

    @Test
    void keyOfAnotherCertificate() throws Exception {
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Path other = TestPem.in(elsewhere, "RSA").key();

        assertRefused(rsa.certificate(), other, "does not belong to the certificate");
    }

    @Test
    void keyOfAnotherKind() {
        assertRefused(rsa.certificate(), ec.key(), "cannot be read as the RSA key");
    }

    @Test
    void keyInAnOlderForm() throws Exception {
        String text = Files.readString(rsa.key()).replace("PRIVATE KEY", "RSA PRIVATE KEY");
        Path older = Files.writeString(directory.resolve("older.pem"), text);

        assertRefused(rsa.certificate(), older, "openssl pkcs8 -topk8 -nocrypt");
    }

    @Test
    @DisplayName("X2 nothing of a damaged key is repeated")
    void damagedKey() throws Exception {
        String text = Files.readString(rsa.key());
        String secret = text.substring(400, 440).replace("\n", "");
        Path damaged = Files.writeString(directory.resolve("damaged.pem"), text.replace("M", "Z"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> PemIdentity.read(rsa.certificate(), damaged))
                .withMessageContaining("the TLS key")
                .withMessageNotContaining(secret)
                .withNoCause();
    }

    private static void assertRefused(Path certificate, Path key, String... words) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PemIdentity.read(certificate, key))
                .satisfies(refused -> assertThat(refused.getMessage()).contains(words));
    }
}
