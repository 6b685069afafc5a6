package veche.dialect.wamp.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import veche.dialect.wamp.codec.DecodingLimits;
import veche.dialect.wamp.codec.Format;
import veche.dialect.wamp.codec.Formats;
import veche.dialect.wamp.message.Payload;
import veche.dialect.wamp.router.Event;
import veche.dialect.wamp.router.Recipients;

class EventParcelTest {
    private static final Format CBOR = new Formats(DecodingLimits.DEFAULT).cbor();

    static Stream<Recipients> recipients() {
        return Stream.of(
                Recipients.ALL,
                new Recipients.AllBut(1L << 52),
                new Recipients.Lists(
                        Set.of(1L, 2L), Set.of("ann"), Set.of(), Optional.empty(), Optional.empty(), Optional.empty()),
                new Recipients.Lists(
                        Set.of(),
                        Set.of(),
                        Set.of("guest"),
                        Optional.of(Set.of(3L)),
                        Optional.of(Set.of("bob", "боб")),
                        Optional.of(Set.of())));
    }

    @ParameterizedTest
    @MethodSource("recipients")
    void anEventKeepsItsContentAndRecipients(Recipients recipients) {
        Map<String, Object> kwargs = new HashMap<>();
        kwargs.put("none", null);
        kwargs.put("list", List.of(1L, 2.5, true, "text"));
        Payload payload = new Payload(Arrays.asList(1L, null, ByteBuffer.wrap(new byte[] {1, 2})), kwargs);
        Event event = new Event(1L << 50, "com.shop.topic", Map.of("publisher", 7L), payload);
        EventParcel parcel = new EventParcel(EventParcel.Use.DELIVER_AND_RETAIN, event, recipients);
        EventParcel decoded = EventParcel.decode(CBOR, parcel.encode(CBOR)).orElseThrow();
        assertEquals(parcel, decoded);
    }

    @Test
    void parcelsForUsesThatOnlyALaterVersionKnowsAreIgnored() {
        Event event = new Event(1, "com.shop.topic", Map.of(), new Payload(List.of(), Map.of()));
        byte[] bytes = new EventParcel(EventParcel.Use.RETAIN, event, Recipients.ALL).encode(CBOR);
        bytes[3] = 'L'; // after the heads of the list, of the version and of the use: LETAIN
        assertEquals(Optional.empty(), EventParcel.decode(CBOR, bytes));
    }

    @Test
    void parcelsOfOtherVersionsAreIgnored() {
        assertEquals(Optional.empty(), EventParcel.decode(CBOR, new byte[] {(byte) 0x81, 2}));
    }
}
