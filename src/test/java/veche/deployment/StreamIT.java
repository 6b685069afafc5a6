package veche.deployment;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;
import veche.testing.EventReader;
import veche.testing.TextClient;

/** Rooms as streams over HTTP, alike on every server. */
@ArquillianTest
@RunAsClient
class StreamIT extends DeployedWar {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private URI stream(String query) {
        return http("stream/" + room + query);
    }

    private static HttpResponse<String> get(URI uri, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static List<String> texts(String array) {
        try (JsonReader reader = Json.createReader(new StringReader(array))) {
            JsonArray messages = reader.readArray();
            return messages.stream().map(StreamIT::text).toList();
        }
    }

    private static String text(JsonValue message) {
        return message.asJsonObject().getString("text");
    }

    private static JsonObject object(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return reader.readObject();
        }
    }

    private static String next(HttpResponse<String> response) {
        return response.headers().firstValue("Stream-Next-Offset").orElseThrow();
    }

    private static void send(TextClient client, String... texts) {
        int before = client.texts().size();
        List.of(texts).forEach(client::send);
        await().until(() -> client.texts().size() == before + texts.length);
    }

    @Test
    void messagesAreReadFromAnyOffset() throws Exception {
        TextClient ann = join();
        send(ann, "one", "two");
        HttpResponse<String> first = get(stream(""));
        assertEquals(List.of("one", "two"), texts(first.body()));
        assertEquals("true", first.headers().firstValue("Stream-Up-To-Date").orElse(""));
        assertEquals(List.of("one", "two"), texts(get(stream("?offset=-1")).body()));
        send(ann, "three");
        HttpResponse<String> rest = get(stream("?offset=" + next(first)));
        assertEquals(List.of("three"), texts(rest.body()));
        assertTrue(next(first).compareTo(next(rest)) < 0);
        HttpResponse<String> tail = get(stream("?offset=now"));
        assertEquals(List.of(next(rest), "[]"), List.of(next(tail), tail.body()));
    }

    @Test
    void aRepeatedReadIsAnsweredWith304() throws Exception {
        TextClient ann = join();
        send(ann, "one");
        String tag = get(stream("?offset=-1")).headers().firstValue("ETag").orElseThrow();
        assertEquals(304, get(stream("?offset=-1"), "If-None-Match", tag).statusCode());
        send(ann, "two");
        assertEquals(200, get(stream("?offset=-1"), "If-None-Match", tag).statusCode());
    }

    @Test
    void theHeadNamesTheOffsetAfterTheNewestMessage() throws Exception {
        send(join(), "one");
        HttpResponse<String> head = CLIENT.send(
                HttpRequest.newBuilder(stream(""))
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertEquals(200, head.statusCode());
        assertEquals(next(get(stream("?offset=now"))), next(head));
    }

    @Test
    void aLongPollIsAnsweredByTheNextMessage() throws Exception {
        TextClient ann = join();
        send(ann, "before");
        String offset = next(get(stream("?offset=now")));
        CompletableFuture<HttpResponse<String>> poll = CLIENT.sendAsync(
                HttpRequest.newBuilder(stream("?offset=" + offset + "&live=long-poll"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        // Whether it arrives before the request or after it.
        send(ann, "after");
        HttpResponse<String> answer = poll.get();
        assertEquals(200, answer.statusCode());
        assertEquals(List.of("after"), texts(answer.body()));
        assertTrue(offset.compareTo(next(answer)) < 0);
        assertTrue(answer.headers().firstValue("Stream-Cursor").orElse("").matches("\\d+"));
    }

    @Test
    void eventsContinueWithoutAGapAtTheOffsetOfTheLastControlEvent() throws Exception {
        TextClient ann = join();
        send(ann, "0");
        String offset;
        try (EventReader reader = new EventReader(stream("?offset=-1&live=sse"))) {
            IntStream.range(1, 50).forEach(n -> ann.send("" + n));
            await().until(() -> texts(reader).size() == 50);
            assertEquals(numbers(0, 50), texts(reader));
            offset = offset(reader);
        }
        IntStream.range(50, 100).forEach(n -> ann.send("" + n));
        try (EventReader reader = new EventReader(stream("?live=sse&offset=" + offset))) {
            await().until(() -> texts(reader).size() == 50);
            assertEquals(numbers(50, 100), texts(reader));
            await().until(() -> object(last(reader).data()).getBoolean("upToDate", false));
        }
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(Integer::toString).toList();
    }

    private static List<String> texts(EventReader reader) {
        return reader.events().stream()
                .filter(event -> event.type().equals("data"))
                .flatMap(event -> texts(event.data()).stream())
                .toList();
    }

    private static EventReader.Event last(EventReader reader) {
        List<EventReader.Event> events = reader.events();
        return events.get(events.size() - 1);
    }

    private static String offset(EventReader reader) {
        assertEquals("control", last(reader).type());
        return object(last(reader).data()).getString("streamNextOffset");
    }

    @Test
    void anEventSourceContinuesAtItsLastEventId() throws Exception {
        TextClient ann = join();
        send(ann, "before");
        String last;
        try (EventReader reader = new EventReader(stream(""), "Accept", "text/event-stream")) {
            await().until(() -> !reader.lastId().isEmpty());
            send(ann, "one");
            await().until(() -> reader.events().size() == 1);
            assertEquals("one", object(last(reader).data()).getString("text"));
            last = reader.lastId();
        }
        send(ann, "two", "three");
        try (EventReader reader = new EventReader(stream(""), "Accept", "text/event-stream", "Last-Event-ID", last)) {
            await().until(() -> reader.events().size() == 2);
            assertEquals(
                    List.of("two", "three"),
                    reader.events().stream()
                            .map(event -> object(event.data()).getString("text"))
                            .toList());
        }
    }

    @Test
    void anInvalidRequestIsAnsweredWithAProblem() throws Exception {
        for (String query :
                List.of("?offset=", "?offset=a,b", "?offset=1&offset=2", "?live=sse", "?offset=-1&live=x")) {
            HttpResponse<String> response = get(stream(query));
            assertEquals(400, response.statusCode(), query);
            assertEquals(400, object(response.body()).getInt("status"));
        }
        assertEquals(400, get(http("stream/")).statusCode());
        assertEquals(400, get(http("stream/%20")).statusCode());
        HttpResponse<String> gone = get(stream("?offset=other_0000000000000001"));
        assertEquals(410, gone.statusCode());
        assertEquals(
                "application/problem+json",
                gone.headers().firstValue("Content-Type").orElse("").split(";")[0]);
        assertEquals(410, get(stream("?live=sse&offset=other_0000000000000001")).statusCode());
    }

    @Test
    void aPageOfAnotherOriginIsRefused() throws Exception {
        assertEquals(403, get(stream(""), "Origin", "https://evil.example").statusCode());
        assertEquals(401, get(stream(""), "Authorization", "Bearer nonsense").statusCode());
    }

    @Test
    void otherMethodsAreRefused() throws Exception {
        HttpResponse<String> response =
                CLIENT.send(HttpRequest.newBuilder(stream("")).DELETE().build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(405, response.statusCode());
    }
}
