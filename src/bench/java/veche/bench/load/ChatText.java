package veche.bench.load;

import java.util.Arrays;
import java.util.Random;

/**
 * The text of every measured message, 48 ASCII characters: {@code ~}, a kind, the sender, a sequence number and the
 * time in nanoseconds, each at a fixed offset in base 36, then padding. It requires no escaping in JSON and
 * STOMP, and is shorter than the 50 characters at which the tutorial's server cuts.
 */
final class ChatText {
    /** The length of a text in characters and in bytes. */
    static final int LENGTH = 48;

    /** The first character, by which a text is found in a frame. */
    static final byte MARK = '~';

    /** The kind of messages that check whether all members receive; other kinds distinguish message loops. */
    static final byte PROBE = '?';

    private static final int SENDER_AT = 2;
    private static final int SENDER_DIGITS = 4;
    private static final int SEQUENCE_AT = SENDER_AT + SENDER_DIGITS;
    private static final int SEQUENCE_DIGITS = 8;
    private static final int NANOS_AT = SEQUENCE_AT + SEQUENCE_DIGITS;
    private static final int NANOS_DIGITS = 13;
    private static final int RADIX = 36;

    private ChatText() {}

    /** Writes a text at {@code at} and returns its end. */
    static int write(byte[] to, int at, byte kind, int sender, long sequence, long nanos) {
        Arrays.fill(to, at, at + LENGTH, (byte) '.');
        to[at] = MARK;
        to[at + 1] = kind;
        digits(to, at + SENDER_AT, SENDER_DIGITS, sender);
        digits(to, at + SEQUENCE_AT, SEQUENCE_DIGITS, sequence);
        digits(to, at + NANOS_AT, NANOS_DIGITS, nanos);
        return at + LENGTH;
    }

    /** A text followed by random characters up to a length; other clients receive what the server does not cut. */
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

    /** The start of the text in a frame that contains other content before it, or -1. */
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
