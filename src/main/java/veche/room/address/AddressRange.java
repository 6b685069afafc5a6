package veche.room.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** A range of IP addresses in CIDR notation (RFC 4632 §3.1, RFC 4291 §2.3). Immutable. */
public final class AddressRange {
    private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    /** Matches IP address literals. Only these are passed to the resolver, so that it never queries a name server. */
    private static final Pattern LITERAL = Pattern.compile(BYTE + "(\\." + BYTE + "){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    private static final Pattern BITS = Pattern.compile("\\d{1,3}");

    private final byte[] network;
    private final int bits;

    private AddressRange(byte[] network, int bits) {
        this.network = network;
        this.bits = bits;
    }

    /**
     * Parses an address or a range such as {@code 127.0.0.1}, {@code 10.0.0.0/8} or {@code 2001:db8::/32}. The bits
     * after the prefix are ignored.
     *
     * @throws IllegalArgumentException if the text is neither an IP address nor a CIDR block
     */
    public static AddressRange of(String text) {
        String[] parts = text.split("/", 2);
        byte[] address = address(parts[0])
                .map(InetAddress::getAddress)
                .orElseThrow(() -> new IllegalArgumentException("Not an IP address: " + parts[0]));
        int most = address.length * Byte.SIZE;
        if (parts.length > 1 && !BITS.matcher(parts[1]).matches()) {
            throw new IllegalArgumentException("Not a CIDR block: " + text);
        }
        int bits = parts.length == 1 ? most : Integer.parseInt(parts[1]);
        if (bits > most) {
            throw new IllegalArgumentException("Not a CIDR block: " + text);
        }
        return new AddressRange(masked(address, bits), bits);
    }

    private static byte[] masked(byte[] address, int bits) {
        byte[] network = Arrays.copyOf(address, address.length);
        for (int i = 0; i < network.length; i++) {
            int kept = Math.max(0, Math.min(Byte.SIZE, bits - i * Byte.SIZE));
            network[i] &= (byte) (0xff00 >> kept);
        }
        return network;
    }

    /** Returns the address that a literal denotes; empty if the text is none. */
    public static Optional<InetAddress> address(String text) {
        if (!LITERAL.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** Whether the range contains the address; false for a text that is no IP address. */
    public boolean contains(String address) {
        return address(address)
                .map(InetAddress::getAddress)
                .filter(bytes -> bytes.length == network.length && Arrays.equals(masked(bytes, bits), network))
                .isPresent();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AddressRange range && bits == range.bits && Arrays.equals(network, range.network);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(network) + bits;
    }

    /** The CIDR notation; equal ranges have the same text. */
    @Override
    public String toString() {
        try {
            return InetAddress.getByAddress(network).getHostAddress() + "/" + bits;
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
