package veche.dialect.wamp.codec;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static veche.dialect.wamp.Messages.json;
import static veche.testing.MessageType.PUBLISH;

import java.util.List;
import veche.dialect.Frame;
import veche.dialect.wamp.TestClient;
import veche.dialect.wamp.message.MessageParser;

/** The formats, and what their tests share. */
final class CodecFixture {
    static final Formats FORMATS = TestClient.FORMATS;

    static final List<Format> ALL = List.of(
            FORMATS.json(),
            FORMATS.msgpack(),
            FORMATS.cbor(),
            FORMATS.jsonBatched(),
            FORMATS.msgpackBatched(),
            FORMATS.cborBatched());

    /** PUBLISH with request 1 to {@code a.b}; a list of one argument follows. */
    static final String MSGPACK_PUBLISH = "95100180a3612e6291";

    /** PUBLISH with request 1 to {@code a.b}; a list of one argument follows. */
    static final String CBOR_PUBLISH = "851001a063612e6281";

    static Frame publish(String payload) {
        return json(PUBLISH, "1,{},\"a.b\"," + payload);
    }

    static void assertRejected(Format format, Frame frame) {
        assertThrows(DecodingException.class, () -> format.read(frame));
    }

    static Frame forwarded(Format format, Frame frame) {
        return forwarded(format, frame, format);
    }

    static Frame forwarded(Format from, Frame frame, Format to) {
        return to.write(MessageParser.parse(from.read(frame).get(0)).fields());
    }

    private CodecFixture() {}
}
