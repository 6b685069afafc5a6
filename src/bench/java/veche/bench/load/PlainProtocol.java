package veche.bench.load;

/** A message is its text: Veche's plain dialect, and the tutorial's server. */
final class PlainTalk implements Talk {
    static final Talk INSTANCE = new PlainTalk();

    private PlainTalk() {}

    @Override
    public byte[] greeting() {
        return NOTHING;
    }

    @Override
    public boolean joinsByOpening() {
        return true;
    }

    @Override
    public int textIn(byte[] payload, int from, int to) {
        return to - from >= ChatText.LENGTH && payload[from] == ChatText.MARK ? from : -1;
    }

    @Override
    public Answer answer(byte[] payload, int from, int to) {
        return Answer.NONE;
    }

    @Override
    public int say(byte[] text, byte[] to) {
        System.arraycopy(text, 0, to, 0, text.length);
        return text.length;
    }
}
