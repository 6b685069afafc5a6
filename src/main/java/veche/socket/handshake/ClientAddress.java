package veche.socket.handshake;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import veche.room.address.AddressRange;

/** IP addresses of clients. */
public final class ClientAddress {
    private static final int IPV6_BYTES = 16;
    /** The prefix that a provider assigns to one subscriber (RFC 6177 §2). */
    private static final int SUBSCRIBER_BYTES = 8;

    private ClientAddress() {}

    /** Returns the key by which limits count an address: itself, or the {@code /64} network of an IPv6 address. */
    public static String subscriber(String address) {
        return AddressRange.address(address)
                .map(InetAddress::getAddress)
                .filter(bytes -> bytes.length == IPV6_BYTES)
                .map(bytes -> HexFormat.of().formatHex(Arrays.copyOf(bytes, SUBSCRIBER_BYTES)) + "/64")
                .orElse(address);
    }

    /** Returns the key by which limits count an address; empty if it is exempt, as a {@link #isLoopback} address is. */
    public static Optional<String> limitKey(String address) {
        return isLoopback(address) ? Optional.empty() : Optional.of(subscriber(address));
    }

    /** Whether the address is a loopback address, as of a proxy on this host that is not trusted. */
    public static boolean isLoopback(String address) {
        return AddressRange.address(address)
                .filter(InetAddress::isLoopbackAddress)
                .isPresent();
    }
}
