package veche.delivery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.delivery.FanoutFixture.ENCODER;
import static veche.delivery.FanoutFixture.HALL;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import veche.room.Room;

class TransportFailureTest {
    private final FanoutFixture fixture = new FanoutFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    private Connection following(FakeTransport transport) {
        Room hall = fixture.room(HALL);
        Connection client = fixture.connect(transport);
        client.follow(hall, hall.tail(), ENCODER, transport);
        fixture.runUntilIdle();
        return client;
    }

    @Test
    void aFailedWriteClosesOnlyThatConnection() {
        FakeTransport failing = new FakeTransport();
        failing.completion = done -> done.accept(new IOException("planted"));
        Connection client = following(failing);
        FakeTransport healthy = fixture.follower(HALL);
        fixture.sendMany(HALL, "m", 3);
        fixture.runUntilIdle();
        await().until(() -> failing.code != 0);
        assertTrue(client.isClosed());
        assertEquals(1, failing.batches.size());
        assertEquals(3, healthy.texts().size());
    }

    @Test
    void aTransportThatThrowsClosesOnlyThatConnection() {
        FakeTransport throwing = new FakeTransport();
        throwing.completion = done -> {
            throw new IllegalStateException("planted");
        };
        Connection client = following(throwing);
        FakeTransport healthy = fixture.follower(HALL);
        fixture.send(HALL, "hi");
        fixture.runUntilIdle();
        await().until(() -> throwing.code != 0);
        assertTrue(client.isClosed());
        assertEquals(List.of("hi"), healthy.texts());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTransportThatCompletesAndThrowsCompletesOnce(boolean succeeds) {
        FakeTransport both = new FakeTransport();
        both.completion = done -> {
            done.accept(succeeds ? null : new IOException("planted"));
            throw new IllegalStateException("planted");
        };
        Connection client = following(both);
        fixture.send(HALL, "hi");
        fixture.runUntilIdle();
        fixture.send(HALL, "again");
        fixture.runUntilIdle();
        assertEquals(succeeds ? 2 : 1, both.batches.size());
        assertEquals(!succeeds, client.isClosed());
        assertEquals(List.of(), both.violations);
    }

    @Test
    void aWriteMayCompleteOnAnyThread() {
        FakeTransport transport = new FakeTransport();
        transport.completion =
                done -> CompletableFuture.runAsync(() -> done.accept(null)).join();
        following(transport);
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            sent.add("m" + i);
            fixture.send(HALL, "m" + i);
            fixture.runUntilIdle();
        }
        assertEquals(sent, transport.texts());
        assertEquals(List.of(), transport.violations);
    }
}
