package dev.sluice.service.sms.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.service.sms.text.Address.Kind;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PhoneNumbersTest {
    private final PhoneNumbers philippine = new PhoneNumbers("PH");
    private final PhoneNumbers homeless = new PhoneNumbers(null);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "09171234567",
                "+639171234567",
                "639171234567",
                "+63 917 123 4567",
                "0917-123-4567",
                "(0917) 123.4567",
                "00639171234567",
                "tel:+63-917-123-4567",
                "SMS: 09171234567",
                " +639171234567\t\r\n",
                "\u202a+63 917\u00a0123\u20114567\u202c", // as address books copy it
                "\u200b09\u200d17\ufeff1234567",
                "+63 917 123 4567", // full-width
                "٠٩١٧١٢٣٤٥٦٧", // Arabic-Indic
                "+63(0)9171234567"
            })
    @DisplayName("S17 however a number is written, it is one sender")
    void oneSender(String written) {
        assertThat(philippine.parse(written)).isEqualTo(new Address("+639171234567", Kind.NUMBER, "PH"));
    }

    @ParameterizedTest
    @CsvSource({
        "+14155552671, +14155552671, US",
        "+1 (416) 555-0134, +14165550134, CA",
        "+44 7400 123456, +447400123456, GB",
        "+39 02 1234 5678, +390212345678, IT", // the zero belongs to it
        "+6591234567, +6591234567, SG",
        "+881612345678, +881612345678, ", // satellite: no country
        "+1234567890, +1234567890, ", // no subscriber has it, but somebody sent from it
    })
    @DisplayName("S17 with its plus a number means the same in every region")
    void internationalNumbers(String written, String value, @Nullable String region) {
        var expected = new Address(value, Kind.NUMBER, region);

        assertThat(homeless.parse(written)).isEqualTo(expected);
        assertThat(philippine.parse(written)).isEqualTo(expected);
    }

    @Test
    @DisplayName("S17 without a region, a number needs its plus or all digits of one that exists")
    void withoutRegion() {
        assertThat(homeless.parse("639171234567")).isEqualTo(new Address("+639171234567", Kind.NUMBER, "PH"));
        refused(homeless, "09171234567", "SMS_DEFAULT_REGION");
        refused(homeless, "4155552671", "SMS_DEFAULT_REGION");
        refused(homeless, "3612345678", "SMS_DEFAULT_REGION"); // Budapest, or Corpus Christi in Texas
        refused(homeless, "99999999999", "calling code");
    }

    @Test
    @DisplayName("S17 a region's own numbers are not taken for another's")
    void regionDecides() {
        assertThat(new PhoneNumbers("us").parse("3612345678").value()).isEqualTo("+13612345678");
        assertThat(new PhoneNumbers("HU").parse("3612345678").value()).isEqualTo("+3612345678");
        refused(philippine, "917123456789012", "PH");
    }

    @ParameterizedTest
    @ValueSource(strings = {"8888", "2158", "123456", "09", "22567777", "8 8 8 8"})
    @DisplayName("S16 short codes are no numbers and are never answered")
    void shortCodes(String written) {
        Address address = philippine.parse(written);

        assertThat(address.kind()).isEqualTo(Kind.SHORT_CODE);
        assertThat(address.value()).isEqualTo(written.replace(" ", ""));
        assertThat(address.answerable()).isFalse();
        assertThat(homeless.parse(written)).isEqualTo(address);
    }

    @Test
    @DisplayName("S16 whole numbers of eight digits are numbers where there are such")
    void shortNumbersOfSmallCountries() {
        assertThat(new PhoneNumbers("SG").parse("91234567").kind()).isEqualTo(Kind.NUMBER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GCASH", "BDO Deals", "Globe", "7-Eleven", "AT&T", "ГАЗПРОМ", "1-800-FLOWER"})
    @DisplayName("S16 senders that are names are never answered")
    void names(String written) {
        Address address = philippine.parse(written);

        assertThat(address).isEqualTo(new Address(written, Kind.ALPHANUMERIC, null));
        assertThat(address.answerable()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "'', is empty",
        "' \u200b\u202e ', is empty",
        "whatsapp:+639171234567, another channel",
        "mailto:a@example.org, another channel",
        "+, neither",
        "---, no digits",
        "+63917, 7 to 15 digits",
        "+6391712345678901, 7 to 15 digits",
        "+999123456789, calling code",
        "++639171234567, neither",
        "63+9171234567, neither",
        "09171234567;drop, neither",
        "0917 123 4567 x12, neither",
        "*#06#, neither",
        "👍, neither",
        "tel:+639171234567;phone-context=x, neither",
        "a-name-that-is-longer-than-thirty-two, neither",
    })
    @DisplayName("S17 what is no sender is refused with the reason, and the reason does not repeat it")
    void refusals(String written, String reason) {
        refused(philippine, written, reason);
        if (written.length() > 3) {
            assertThatThrownBy(() -> philippine.parse(written)).message().doesNotContain(written);
        }
    }

    @Test
    @DisplayName("S17 NUL and endless senders are refused")
    void hostile() {
        refused(philippine, "+63917\u00001234567", "NUL");
        refused(philippine, "1".repeat(65), "longer than 64");
        refused(philippine, "A\ue000B", "neither"); // private use
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    @DisplayName("S17 whatever comes, there is an address that means itself, or a refusal")
    void anything(long seed) {
        var random = new Random(seed);
        String characters = "0123456789+-() .#*;:xGCASHtel\u0000\u001b\u202e\u200b\ud83d\udc4d٣9é\\\n";
        int addresses = 0;
        for (int i = 0; i < 20_000; i++) {
            var written = new StringBuilder();
            for (int length = random.nextInt(20); length > 0; length--) {
                written.append(characters.charAt(random.nextInt(characters.length())));
            }
            Address address;
            try {
                address = philippine.parse(written.toString());
            } catch (BadAddressException refused) {
                assertThat(refused.why()).isNotBlank();
                continue;
            }
            addresses++;
            assertThat(philippine.parse(address.value()))
                    .as("seed %d: %s", seed, written)
                    .isEqualTo(address);
            assertThat(Printable.isUnsafe(address.value())).isFalse();
        }
        assertThat(addresses).isPositive();
    }

    @Test
    void regionsAreChecked() {
        assertThat(PhoneNumbers.checkRegion(" ph ")).isEqualTo("PH");
        for (String wrong : new String[] {"XX", "PHL", "63", "", "001"}) {
            assertThatThrownBy(() -> PhoneNumbers.checkRegion(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("two letters");
        }
    }

    private static void refused(PhoneNumbers numbers, String written, String reason) {
        assertThatThrownBy(() -> numbers.parse(written))
                .isInstanceOf(BadAddressException.class)
                .hasMessageContaining(reason);
    }
}
