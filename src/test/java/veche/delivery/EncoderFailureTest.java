package veche.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static veche.delivery.FanoutFixture.ENCODER;
import static veche.delivery.FanoutFixture.HALL;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import veche.dialect.Frame;
import veche.dialect.MessageEncoder;
import veche.room.Message;

class EncoderFailureTest {
    private final FanoutFixture fixture = new FanoutFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void anEncoderFailureClosesOnlyItsSubscribers() {
        record Broken() implements MessageEncoder {
            @Override
            public Frame encode(Message message) {
                throw new IllegalStateException("planted");
            }
        }
        FakeTransport broken = fixture.transport();
        fixture.connect(broken).follow(fixture.room(HALL), 0, new Broken(), this);
        FakeTransport other = fixture.follower(HALL);
        fixture.send(HALL, "hi");
        fixture.runUntilIdle();
        FanoutFixture.awaitClosed(broken, 1011);
        assertEquals(List.of("hi"), other.texts());
    }

    @Test
    void anEncoderFailureDuringCatchUpClosesOnlyItsSubscribers() {
        record Broken() implements MessageEncoder {
            @Override
            public Frame encode(Message message) {
                throw new IllegalStateException("planted");
            }
        }
        fixture.room(HALL);
        List<String> sent = fixture.sendMany(HALL, "m", 1_000);
        fixture.runUntilIdle();
        FakeTransport broken = fixture.transport();
        fixture.connect(broken).follow(fixture.room(HALL), 0, new Broken(), this);
        FakeTransport other = fixture.transport();
        fixture.connect(other).follow(fixture.room(HALL), 0, ENCODER, this);
        fixture.runUntilIdle();
        FanoutFixture.awaitClosed(broken, 1011);
        assertEquals(sent, other.texts());
    }

    @Test
    void anErrorInAnEncoderClosesOnlyItsSubscribers() {
        record Endless() implements MessageEncoder {
            @Override
            public Frame encode(Message message) {
                throw new StackOverflowError("planted");
            }
        }
        FakeTransport broken = fixture.transport();
        fixture.connect(broken).follow(fixture.room(HALL), 0, new Endless(), this);
        FakeTransport other = fixture.follower(HALL);
        fixture.send(HALL, "hi");
        fixture.runUntilIdle();
        FanoutFixture.awaitClosed(broken, 1011);
        assertEquals(List.of("hi"), other.texts());
    }
}
