package dev.sluice.service.sms.text;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Brings the many ways to write a sender into one: 09171234567, +63 917 123 4567 and 639171234567 are
/// one, where the default region is PH.
///
/// What is ambiguous is refused or not answered: a text that is listed as refused can be looked into, a
/// reply to a stranger cannot be taken back. Immutable, thread-safe.
public final class PhoneNumbers {
    /// The most characters that are looked at.
    static final int LONGEST = 64;

    /// International numbers have at most 15 digits and, subscribers reached by SMS, at least seven.
    private static final int FEWEST_DIGITS = 7;

    private static final int MOST_DIGITS = 15;
    /// Up to so many digits it is always a short code.
    private static final int SHORT_CODE = 6;
    /// Short codes of some networks have up to eight digits, as have whole numbers of small countries.
    private static final int LONGEST_SHORT_CODE = 8;
    /// Without a region and a plus, fewer digits than this may as well be a number of another country.
    private static final int SURELY_INTERNATIONAL = 11;

    private static final int LONGEST_NAME = 32;
    private static final Pattern CHANNEL = Pattern.compile("(?i)([a-z][a-z0-9+.-]*):(.*)");
    private static final Pattern WRITTEN_NUMBER = Pattern.compile("\\+?[0-9()./ -]+");
    private static final Pattern NO_DIGIT = Pattern.compile("[^0-9]");

    private final PhoneNumberUtil library = PhoneNumberUtil.getInstance();
    private final @Nullable String defaultRegion;

    /// @param defaultRegion the country of numbers written as at home, such as `PH`; null if there is
    ///     none: then a number needs its plus or all the digits of an international one
    /// @throws IllegalArgumentException if it is no region
    public PhoneNumbers(@Nullable String defaultRegion) {
        this.defaultRegion = defaultRegion == null ? null : checkRegion(defaultRegion);
    }

    /// Returns a region in its form of two upper-case letters.
    ///
    /// @throws IllegalArgumentException if no country with phone numbers has it
    public static String checkRegion(String region) {
        String upper = region.strip().toUpperCase(Locale.ROOT);
        if (!PhoneNumberUtil.getInstance().getSupportedRegions().contains(upper)) {
            throw new IllegalArgumentException("must be the two letters of a country with phone numbers, such as PH");
        }
        return upper;
    }

    /// Reads a sender as a provider wrote it.
    ///
    /// White space, invisible and bidirectional marks are dropped, digits of all scripts and full-width
    /// signs are read as ASCII, `tel:` and `sms:` are left away. What has letters is a name, six digits
    /// or fewer are a short code.
    ///
    /// @throws BadAddressException if it is empty, too long, neither a number nor a name, of another
    ///     channel (`whatsapp:`), or a number that no country can have
    public Address parse(String raw) {
        String written = withoutScheme(folded(raw));
        if (written.isEmpty()) {
            throw new BadAddressException("is empty");
        }
        if (written.codePoints().anyMatch(Character::isLetter)) {
            return name(written);
        }
        if (!WRITTEN_NUMBER.matcher(written).matches()) {
            throw new BadAddressException("is neither a phone number nor a sender's name");
        }
        String digits = NO_DIGIT.matcher(written).replaceAll("");
        boolean international = written.startsWith("+");
        if (digits.isEmpty()) {
            throw new BadAddressException("has no digits");
        }
        if (!international && digits.length() <= SHORT_CODE) {
            return new Address(digits, Address.Kind.SHORT_CODE, null);
        }
        return international ? international(digits) : national(digits);
    }

    private static String folded(String raw) {
        if (raw.length() > LONGEST) {
            throw new BadAddressException("is longer than " + LONGEST + " characters");
        }
        if (raw.indexOf('\0') >= 0) {
            throw new BadAddressException("holds NUL");
        }
        var folded = new StringBuilder();
        Normalizer.normalize(raw, Normalizer.Form.NFKC).codePoints().forEach(c -> {
            if (Character.isDigit(c)) {
                folded.append(Character.digit(c, 10));
            } else if (Character.getType(c) == Character.DASH_PUNCTUATION || c == '\u2212') {
                folded.append('-');
            } else if (Character.isSpaceChar(c)) {
                folded.append(' ');
            } else if (!Character.isISOControl(c) && Character.getType(c) != Character.FORMAT) {
                folded.appendCodePoint(c);
            }
        });
        return folded.toString().strip();
    }

    private static String withoutScheme(String written) {
        var channel = CHANNEL.matcher(written);
        if (!channel.matches()) {
            return written;
        }
        String scheme = channel.group(1).toLowerCase(Locale.ROOT);
        if (!scheme.equals("tel") && !scheme.equals("sms")) {
            throw new BadAddressException("is of another channel than SMS");
        }
        return channel.group(2).strip();
    }

    private static Address name(String written) {
        long digits = written.chars().filter(c -> c >= '0' && c <= '9').count();
        if (written.length() > LONGEST_NAME || digits >= FEWEST_DIGITS || Printable.isUnsafe(written)) {
            throw new BadAddressException("is neither a phone number nor a sender's name");
        }
        return new Address(written, Address.Kind.ALPHANUMERIC, null);
    }

    /// Takes also numbers that no subscriber has today: numbering plans change faster than libraries, and
    /// a provider that delivered from one can say where it came from.
    private Address international(String digits) {
        if (digits.length() < FEWEST_DIGITS || digits.length() > MOST_DIGITS) {
            throw new BadAddressException("must have " + FEWEST_DIGITS + " to " + MOST_DIGITS + " digits after its +");
        }
        return address(parsed("+" + digits, null));
    }

    private Address national(String digits) {
        if (defaultRegion == null) {
            return withoutRegion(digits);
        }
        PhoneNumber number = parsed(digits, defaultRegion);
        boolean possible = library.isPossibleNumberWithReason(number) == ValidationResult.IS_POSSIBLE;
        if (digits.length() <= LONGEST_SHORT_CODE && !(possible && library.isValidNumber(number))) {
            return new Address(digits, Address.Kind.SHORT_CODE, null);
        }
        if (!possible) {
            throw new BadAddressException("is not one that a phone in " + defaultRegion
                    + " can have; one of another country needs its + and calling code");
        }
        return address(number);
    }

    private Address withoutRegion(String digits) {
        if (digits.length() <= LONGEST_SHORT_CODE) {
            return new Address(digits, Address.Kind.SHORT_CODE, null);
        }
        if (digits.length() >= SURELY_INTERNATIONAL && digits.length() <= MOST_DIGITS && !digits.startsWith("0")) {
            PhoneNumber number = parsed("+" + digits, null);
            if (library.isValidNumber(number)) {
                return address(number);
            }
        }
        throw new BadAddressException("has no + and calling code, and SMS_DEFAULT_REGION is not set");
    }

    private PhoneNumber parsed(String number, @Nullable String region) {
        try {
            return library.parse(number, region);
        } catch (NumberParseException e) {
            throw new BadAddressException(
                    e.getErrorType() == NumberParseException.ErrorType.INVALID_COUNTRY_CODE
                            ? "begins with no country's calling code"
                            : "is not a phone number");
        }
    }

    private Address address(PhoneNumber number) {
        return new Address(
                library.format(number, PhoneNumberFormat.E164),
                Address.Kind.NUMBER,
                region(library.getRegionCodeForNumber(number)));
    }

    /// Numbers of no country in particular, such as satellite phones, have the region 001.
    private static @Nullable String region(@Nullable String code) {
        return code == null || code.equals("001") ? null : code;
    }
}
