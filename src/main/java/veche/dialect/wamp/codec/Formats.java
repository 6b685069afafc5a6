package veche.dialect.wamp.codec;

import veche.dialect.Frame;

/** The formats of WAMP v2, one instance each: a message is encoded once for all clients of the same format. */
public final class Formats {
    private final Format json;
    private final Format jsonWithoutBinary;
    private final Format msgpack;
    private final Format cbor;
    private final Format jsonBatched;
    private final Format jsonBatchedLikeAutobahn;
    private final Format msgpackBatched;
    private final Format cborBatched;

    public Formats(DecodingLimits limits) {
        Json text = new Json(limits);
        Codec packed = new MessagePack(limits);
        Codec concise = new Cbor(limits);
        json = new TextFormat(text);
        jsonWithoutBinary = new TextFormat(text.withoutBinary());
        msgpack = new BinaryFormat(packed);
        cbor = new BinaryFormat(concise);
        jsonBatched = new BatchedTextFormat(text, BatchedTextFormat.RECORD_SEPARATOR);
        jsonBatchedLikeAutobahn = new BatchedTextFormat(text, BatchedTextFormat.CANCEL);
        msgpackBatched = new BatchedBinaryFormat(packed);
        cborBatched = new BatchedBinaryFormat(concise);
    }

    /** {@code wamp.2.json}. */
    public Format json() {
        return json;
    }

    /** {@code wamp}: v1 does not define binary strings. */
    public Format jsonWithoutBinary() {
        return jsonWithoutBinary;
    }

    /** {@code wamp.2.msgpack}. */
    public Format msgpack() {
        return msgpack;
    }

    /** {@code wamp.2.cbor}. */
    public Format cbor() {
        return cbor;
    }

    /** {@code wamp.2.json.batched}, with the separator of the specification. */
    public Format jsonBatched() {
        return jsonBatched;
    }

    /** {@code wamp.2.msgpack.batched}. */
    public Format msgpackBatched() {
        return msgpackBatched;
    }

    /** {@code wamp.2.cbor.batched}. */
    public Format cborBatched() {
        return cborBatched;
    }

    /** Returns the format for answers; the client's first frame shows which separator it writes after JSON messages. */
    public Format heardIn(Format offered, Frame first) {
        boolean autobahn = offered == jsonBatched
                && first instanceof Frame.Text text
                && text.text().indexOf(BatchedTextFormat.CANCEL) >= 0;
        return autobahn ? jsonBatchedLikeAutobahn : offered;
    }
}
