package veche.bench.load;

import java.util.Arrays;
import java.util.Random;

/**
 * The 48 ASCII characters that every measured message carries: {@code ~}, a kind, who sent it, its sequence, when
 * (nanoseconds), all at fixed places in base 36, then padding. Nothing in it needs escaping in JSON or STOMP, and it
 * stays below the 50 characters at which the tutorial's server cuts.
 */
final class ChatText {
    /** Characters, and bytes, of each text. */
    static final int LENGTH = 48;

    /** Marks the first character, so that a text can be found within a frame. */
    static final byte MARK = '~';

    /** The kind of a message that only asks whether all in the room hear; other kinds tell conversations apart. */
    static final byte ROLL_CALL = '?';

    private static final int SENDER_AT = 2;
    private static final int SENDER_DIGITS = 4;
    private static final int SEQUENCE_AT = SENDER_AT + SENDER_DIGITS;
    private static final int SEQUENCE_DIGITS = 8;
    private static final int NANOS_AT = SEQUENCE_AT + SEQUENCE_DIGITS;
    private static final int NANOS_DIGITS = 13;
    private static final int RADIX = 36;

    private ChatText() {}

    /** Writes a text at {@code at} and returns where it ends. */
    static int write(byte[] to, int at, byte kind, int sender, long sequence, long nanos) {
        Arrays.fill(to, at, at + LENGTH, (byte) '.');
        to[at] = MARK;
        to[at + 1] = kind;
        digits(to, at + SENDER_AT, SENDER_DIGITS, sender);
        digits(to, at + SEQUENCE_AT, SEQUENCE_DIGITS, sequence);
        digits(to, at + NANOS_AT, NANOS_DIGITS, nanos);
        return at + LENGTH;
    }

    /** One with so much random text behind it, of which the others hear what the server does not cut off. */
    static byte[] lengthened(byte kind, int sender, int length) {
        byte[] text = new byte[length];
        Random letters = new Random(sender);
        for (int at = write(text, 0, kind, sender, 0, 0); at < length; at++) {
            text[at] = (byte) ('a' + letters.nextInt(26));
        }
        return text;
    }

    static byte kind(byte[] in, int at) {
        return in[at + 1];
    }

    static int sender(byte[] in, int at) {
        return (int) number(in, at + SENDER_AT, SENDER_DIGITS);
    }

    static long nanos(byte[] in, int at) {
        return number(in, at + NANOS_AT, NANOS_DIGITS);
    }

    /** Where a text starts in a frame of a dialect that puts other things before it, or -1. */
    static int find(byte[] in, int from, int to) {
        for (int at = from; at <= to - LENGTH; at++) {
            if (in[at] == MARK) {
                return at;
            }
        }
        return -1;
    }

    private static void digits(byte[] to, int at, int count, long value) {
        long rest = value;
        for (int i = at + count - 1; i >= at; i--) {
            int digit = (int) (rest % RADIX);
            to[i] = (byte) (digit < 10 ? '0' + digit : 'a' + digit - 10);
            rest /= RADIX;
        }
    }

    private static long number(byte[] in, int at, int count) {
        long value = 0;
        for (int i = at; i < at + count; i++) {
            int c = in[i];
            value = value * RADIX + (c <= '9' ? c - '0' : c - 'a' + 10);
        }
        return value;
    }
}
