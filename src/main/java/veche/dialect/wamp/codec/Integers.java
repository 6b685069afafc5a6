package veche.dialect.wamp.codec;

import java.math.BigInteger;

/** Converts integers to their smallest Java type, so that equal numbers are equal regardless of the serialization. */
final class Integers {
    private Integers() {}

    static Number smallest(BigInteger value) {
        return value.bitLength() < Long.SIZE ? (Number) value.longValue() : value;
    }
}
