package veche.socket.handshake;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The proxies whose {@code X-Forwarded-*} fields are trusted, as addresses or CIDR blocks. Immutable. */
public final class TrustedProxies {
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Block(byte[] network, int bits) {
        boolean contains(byte[] address) {
            if (address.length != network.length) {
                return false;
            }
            int whole = bits / 8;
            int rest = 0xff00 >> bits % 8 & 0xff;
            return Arrays.equals(network, 0, whole, address, 0, whole)
                    && (rest == 0 || (network[whole] & rest) == (address[whole] & rest));
        }
    }

    private final List<Block> blocks;

    /**
     * Creates the set of trusted proxies.
     *
     * @param blocks addresses or blocks such as {@code 127.0.0.1}, {@code 10.0.0.0/8}, {@code ::1}
     * @throws IllegalArgumentException if one is neither an IP address nor a CIDR block
     */
    public TrustedProxies(List<String> blocks) {
        this.blocks = blocks.stream().map(TrustedProxies::parse).toList();
    }

    private static Block parse(String block) {
        String[] parts = block.split("/", 2);
        byte[] network = literal(parts[0]);
        int bits = parts.length == 1 ? network.length * 8 : Integer.parseInt(parts[1]);
        if (bits < 0 || bits > network.length * 8) {
            throw new IllegalArgumentException("Not a CIDR block: " + block);
        }
        return new Block(network, bits);
    }

    private static byte[] literal(String address) {
        return ClientAddress.literal(address)
                .map(InetAddress::getAddress)
                .orElseThrow(() -> new IllegalArgumentException("Not an IP address: " + address));
    }

    /** Whether a peer is a trusted proxy. */
    boolean trusts(String peer) {
        if (blocks.isEmpty() || peer == null) {
            return false;
        }
        return ClientAddress.literal(peer)
                .map(InetAddress::getAddress)
                .filter(address -> blocks.stream().anyMatch(block -> block.contains(address)))
                .isPresent();
    }

    /**
     * Returns the address of the client behind the proxies: the last one that is not a trusted proxy's, since any
     * client can forge those before it.
     *
     * @param forwardedFor the {@code X-Forwarded-For} field, or null
     */
    String client(String peer, @Nullable String forwardedFor) {
        String client = peer;
        if (forwardedFor != null && trusts(peer)) {
            String[] hops = forwardedFor.split(",", -1);
            for (int i = hops.length - 1; i >= 0; i--) {
                String hop = hops[i].trim();
                if (hop.isEmpty()) {
                    continue;
                }
                client = hop;
                if (!trusts(client)) {
                    break;
                }
            }
        }
        return client;
    }
}
