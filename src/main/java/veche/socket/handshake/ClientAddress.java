package veche.socket.handshake;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** IP addresses of clients. */
public final class ClientAddress {
    private static final int IPV6_BYTES = 16;
    /** The prefix that a provider assigns to one subscriber (RFC 6177 §2). */
    private static final int SUBSCRIBER_BYTES = 8;

    private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    /** Matches IP address literals. Only these are passed to the resolver, so that it never queries a name server. */
    private static final Pattern LITERAL = Pattern.compile(BYTE + "(\\." + BYTE + "){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    private ClientAddress() {}

    /** Returns the address that a literal denotes; empty if the text is none. */
    static Optional<InetAddress> literal(String text) {
        if (!LITERAL.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** Returns the key by which limits count an address: itself, or the {@code /64} network of an IPv6 address. */
    public static String subscriber(String address) {
        return literal(address)
                .map(InetAddress::getAddress)
                .filter(bytes -> bytes.length == IPV6_BYTES)
                .map(bytes -> HexFormat.of().formatHex(Arrays.copyOf(bytes, SUBSCRIBER_BYTES)) + "/64")
                .orElse(address);
    }

    /** Whether the address is a loopback address, as of a proxy on this host that is not trusted. */
    public static boolean isLoopback(String address) {
        return literal(address).filter(InetAddress::isLoopbackAddress).isPresent();
    }
}
