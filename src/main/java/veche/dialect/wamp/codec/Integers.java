package veche.dialect.wamp.codec;

import java.math.BigInteger;

/** Integers as their smallest Java type, so that equal numbers are equal whatever serialization they came by. */
final class Integers {
    private Integers() {}

    static Number smallest(BigInteger value) {
        return value.bitLength() < Long.SIZE ? (Number) value.longValue() : value;
    }
}
