package dev.sluice.service.sms.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import dev.sluice.service.sms.text.Address.Kind;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AddressTest {
    @ParameterizedTest
    @CsvSource({
        "+639171234567, NUMBER, +63*******567",
        "+14155552671, NUMBER, +1*******671",
        "+35312345678, NUMBER, +353*****678",
        "+6391712, NUMBER, +63**712",
        "8888, SHORT_CODE, **88",
        "09, SHORT_CODE, 09",
        "GCASH, ALPHANUMERIC, GC***",
        "A, ALPHANUMERIC, A",
    })
    @DisplayName("S19 an address shows its country and its end, no more")
    void masked(String value, Kind kind, String masked) {
        var address = new Address(value, kind, null);

        assertThat(address.masked()).isEqualTo(masked);
        assertThat(address.toString()).contains(masked).doesNotContain(value.length() > 2 ? value : "\0");
    }

    @Test
    @DisplayName("S19 what is shown of a name cannot steer a terminal")
    void maskedIsPrintable() {
        assertThat(new Address("\u001b[31mred", Kind.ALPHANUMERIC, null).masked())
                .isEqualTo("\\u001b[******");
    }

    @Test
    void everyCallingCodeIsKnown() {
        assertThat(PhoneNumberUtil.getInstance().getSupportedCallingCodes())
                .hasSizeGreaterThan(200)
                .allSatisfy(code -> assertThat(CallingCode.length(code + "123456789"))
                        .as("calling code %d", code)
                        .isEqualTo(String.valueOf(code).length()));
    }
}
