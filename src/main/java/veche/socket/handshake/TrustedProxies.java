package veche.socket.handshake;

import java.util.List;
import org.jspecify.annotations.Nullable;
import veche.room.address.AddressRange;

/** The proxies whose {@code X-Forwarded-*} fields are trusted, as addresses or CIDR blocks. Immutable. */
public final class TrustedProxies {
    private final List<AddressRange> blocks;

    /**
     * Creates the set of trusted proxies.
     *
     * @param blocks addresses or blocks such as {@code 127.0.0.1}, {@code 10.0.0.0/8}, {@code ::1}
     * @throws IllegalArgumentException if one is neither an IP address nor a CIDR block
     */
    public TrustedProxies(List<String> blocks) {
        this.blocks = blocks.stream().map(AddressRange::of).toList();
    }

    /** Whether a peer is a trusted proxy. */
    boolean trusts(String peer) {
        return peer != null && blocks.stream().anyMatch(block -> block.contains(peer));
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
