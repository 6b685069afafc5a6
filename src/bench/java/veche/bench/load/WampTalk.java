package veche.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** WAMP v2 in JSON: joins a realm, subscribes to {@code veche.room.<room>}, publishes to it and hears itself. */
final class WampTalk implements Talk {
    private static final String REALM = "veche";
    private static final byte[] HELLO =
            ("[1,\"" + REALM + "\",{\"roles\":{\"publisher\":{},\"subscriber\":{}}}]").getBytes(US_ASCII);
    private static final byte[] AFTER = "\"]]".getBytes(US_ASCII);
    private static final String WELCOME = "[2,";
    private static final String SUBSCRIBED = "[33,";
    private static final String PUBLISHED = "[17,";
    private static final String EVENT = "[36,";

    private final String room;
    private long request = 1;

    WampTalk(String room) {
        this.room = room;
    }

    @Override
    public byte[] greeting() {
        return HELLO;
    }

    @Override
    public boolean joinsByOpening() {
        return false;
    }

    @Override
    public int textIn(byte[] payload, int from, int to) {
        return starts(payload, from, to, EVENT) ? ChatText.find(payload, from, to) : -1;
    }

    @Override
    public Answer answer(byte[] payload, int from, int to) {
        if (starts(payload, from, to, WELCOME)) {
            String subscribe = "[32," + request++ + ",{},\"veche.room." + room + "\"]";
            return new Answer(subscribe.getBytes(US_ASCII), false);
        }
        if (starts(payload, from, to, SUBSCRIBED)) {
            return Answer.IN;
        }
        if (starts(payload, from, to, PUBLISHED) || starts(payload, from, to, EVENT)) {
            return Answer.NONE;
        }
        throw new IllegalStateException(new String(payload, from, to - from, US_ASCII));
    }

    @Override
    public int say(byte[] text, byte[] to) {
        byte[] before =
                ("[16," + request++ + ",{\"exclude_me\":false},\"veche.room." + room + "\",[\"").getBytes(US_ASCII);
        System.arraycopy(before, 0, to, 0, before.length);
        System.arraycopy(text, 0, to, before.length, text.length);
        System.arraycopy(AFTER, 0, to, before.length + text.length, AFTER.length);
        return before.length + text.length + AFTER.length;
    }

    private static boolean starts(byte[] payload, int from, int to, String with) {
        if (to - from < with.length()) {
            return false;
        }
        for (int i = 0; i < with.length(); i++) {
            if (payload[from + i] != with.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
