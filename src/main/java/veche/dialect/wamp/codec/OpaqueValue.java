package veche.dialect.wamp.codec;

import java.nio.ByteBuffer;

/**
 * A value that only its own serialization can represent: a MessagePack extension or an unassigned CBOR simple value.
 *
 * @param codec the serialization
 * @param encoded the encoded value
 */
record OpaqueValue(Codec codec, ByteBuffer encoded) {
    /**
     * Returns the encoded octets.
     *
     * @throws UnmappableException if {@code to} is another serialization
     */
    byte[] octets(Codec to) {
        if (to != codec) {
            throw new UnmappableException("A value of " + codec + " has no counterpart in " + to);
        }
        byte[] octets = new byte[encoded.remaining()];
        encoded.duplicate().get(octets);
        return octets;
    }
}
