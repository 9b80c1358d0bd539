package dev.sluice.service.http;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Addresses and blocks of them (`10.0.0.7`, `10.0.0.0/8`, `fd00::/8`). Never asks DNS. Immutable.
public final class AddressRanges {
    /// Holds no address.
    public static final AddressRanges NONE = new AddressRanges(List.of());

    private static final Pattern V4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private final List<Block> blocks;

    private AddressRanges(List<Block> blocks) {
        this.blocks = List.copyOf(blocks);
    }

    /// Reads a list of addresses and blocks.
    ///
    /// @throws IllegalArgumentException naming the one that is neither
    public static AddressRanges of(Iterable<String> texts) {
        var blocks = new ArrayList<Block>();
        for (String text : texts) {
            blocks.add(block(text)
                    .orElseThrow(() ->
                            new IllegalArgumentException("not an IP address or a block such as 10.0.0.0/8: " + text)));
        }
        return new AddressRanges(blocks);
    }

    /// Reads an IP address as it is written; empty for anything else, host names included.
    static Optional<InetAddress> address(String text) {
        if (!V4.matcher(text).matches() && !V6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    /// Tells whether it holds an address.
    public boolean contains(InetAddress address) {
        for (Block block : blocks) { // asked for each request, mostly of an empty list
            if (block.contains(address.getAddress())) {
                return true;
            }
        }
        return false;
    }

    /// Tells whether it holds none at all.
    public boolean isEmpty() {
        return blocks.isEmpty();
    }

    private static Optional<Block> block(String text) {
        String[] parts = text.split("/", -1);
        Optional<InetAddress> address = address(parts[0]);
        if (address.isEmpty() || parts.length > 2) {
            return Optional.empty();
        }
        int bits = address.get().getAddress().length * Byte.SIZE;
        if (parts.length == 1) {
            return Optional.of(new Block(address.get().getAddress(), bits));
        }
        return Optional.of(parts[1])
                .filter(length -> length.matches("[0-9]{1,3}"))
                .map(Integer::parseInt)
                .filter(length -> length <= bits)
                .map(length -> new Block(address.get().getAddress(), length));
    }

    private record Block(byte[] network, int prefixBits) {
        boolean contains(byte[] address) {
            if (address.length != network.length) {
                return false;
            }
            for (int bit = 0; bit < prefixBits; bit++) {
                int mask = 0x80 >> (bit % Byte.SIZE);
                if ((address[bit / Byte.SIZE] & mask) != (network[bit / Byte.SIZE] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
