package veche.dialect.wamp.codec;

import java.nio.ByteBuffer;

/**
 * A value that only its own serialization can represent: a MessagePack extension, an unassigned simple value of CBOR.
 *
 * @param codec the serialization
 * @param encoded the value in it
 */
record OpaqueValue(Codec codec, ByteBuffer encoded) {
    /** The octets, for the same serialization. */
    byte[] octets(Codec to) {
        if (to != codec) {
            throw new UnmappableException("A value of " + codec + " has no counterpart in " + to);
        }
        byte[] octets = new byte[encoded.remaining()];
        encoded.duplicate().get(octets);
        return octets;
    }
}
