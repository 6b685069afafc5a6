package veche.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import veche.testing.RawClient;
import veche.testing.TextClient;
import veche.testing.Token;

/** The HTTP API on each server. */
@ArquillianTest
@Order(DeploymentOrder.CONFIGURED)
@RunAsClient
class HttpApiIT extends ConfiguredWar {
    private static final String PROBLEM = "application/problem+json";

    /** Over HTTP/1.1: the servers fail to upgrade a request with a body to HTTP/2. */
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String ann = "Bearer " + Token.of("ann", "Ann");

    /** A response with its JSON object. */
    private record Answer(int status, HttpResponse<String> response, JsonObject json) {
        String problem() {
            assertEquals(PROBLEM, response.headers().firstValue("Content-Type").orElse(""));
            assertEquals(status, json.getInt("status"));
            return json.getString("type").replace("urn:veche:problem:", "");
        }
    }

    private HttpRequest.Builder to(String path, String authorization) {
        return HttpRequest.newBuilder(http("api/v1" + path)).header("Authorization", authorization);
    }

    private Answer send(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), response, object(response.body()));
    }

    private static JsonObject object(String text) {
        if (text.isEmpty()) {
            return JsonObject.EMPTY_JSON_OBJECT;
        }
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    private HttpRequest.Builder with(String method, String path, String json) {
        return to(path, ann).header("Content-Type", "application/json").method(method, BodyPublishers.ofString(json));
    }

    private String messages() {
        return "/rooms/" + room + "/messages";
    }

    private static String basic(String login) {
        return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aMessageReachesTheRoomAndItsHistory() throws Exception {
        TextClient member = join();
        member.send("first");
        assertEquals("first", member.next());
        Answer sent = send(with("POST", messages(), "{\"text\":\"hello\"}"));
        assertEquals(201, sent.status(), sent.json()::toString);
        assertEquals("hello", member.next());
        assertEquals(2, sent.json().getInt("position"));
        String location = sent.response().headers().firstValue("Location").orElseThrow();
        assertTrue(location.endsWith(messages() + "/" + sent.json().getString("id")), location);
        JsonObject history = send(to(messages() + "?after=1", ann)).json();
        assertEquals(List.of(sent.json()), history.getJsonArray("messages"));
        assertEquals(
                sent.json(),
                send(to(messages() + "/" + sent.json().getString("id"), ann)).json());
    }

    @Test
    void aRepeatedKeyReturnsTheFirstMessage() throws Exception {
        HttpRequest.Builder request =
                with("POST", messages(), "{\"text\":\"once\"}").header("Idempotency-Key", "k1");
        Answer first = send(request);
        Answer second = send(request);
        assertEquals(List.of(201, 200), List.of(first.status(), second.status()));
        assertEquals(first.json(), second.json());
    }

    @Test
    void aMessageIsEditedReactedToAndDeleted() throws Exception {
        String message = messages() + "/"
                + send(with("POST", messages(), "{\"text\":\"helo\"}")).json().getString("id");
        assertEquals(200, send(with("PATCH", message, "{\"text\":\"hello\"}")).status());
        assertEquals("hello", send(to(message, ann)).json().getString("text"));
        assertEquals(
                201,
                send(with("POST", message + "/reactions", "{\"text\":\"👍\"}")).status());
        assertEquals(200, send(to(message, ann).DELETE()).status());
        assertTrue(send(to(message, ann)).json().getBoolean("deleted"));
    }

    @Test
    void aBackEndAuthenticatesByTheTicketOfItsPrincipal() throws Exception {
        Answer sent = send(to(messages(), basic("shop:" + ApplicationCredentials.TICKET))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"text\":\"sold\"}")));
        assertEquals(201, sent.status(), sent.json()::toString);
        assertEquals("user:shop", sent.json().getJsonObject("author").getString("id"));
    }

    @Test
    void callersWithoutValidCredentialsAreUnauthenticated() throws Exception {
        HttpRequest.Builder guest = HttpRequest.newBuilder(http("api/v1" + messages()));
        Answer refused = send(guest);
        assertEquals("unauthenticated", refused.problem());
        assertTrue(refused.response()
                .headers()
                .firstValue("WWW-Authenticate")
                .orElse("")
                .startsWith("Bearer"));
        assertEquals("unauthenticated", send(to(messages(), "Bearer nonsense")).problem());
        assertEquals(
                "unauthenticated", send(to(messages(), basic("shop:wrong"))).problem());
        assertEquals("unauthenticated", send(to(messages(), "Basic !")).problem());
    }

    @Test
    void privilegesApply() throws Exception {
        String limited = "Bearer " + Token.capable("class-9", List.of("read", "write", "create"), "eve", "Eve");
        assertEquals("forbidden", send(to("/rooms/class-9/messages", limited)).problem());
        assertEquals("forbidden", send(to(messages(), limited)).problem());
    }

    @Test
    void aForeignPageIsRefused() throws Exception {
        assertEquals(
                "forbidden",
                send(with("POST", messages(), "{\"text\":\"x\"}").header("Origin", "https://evil.example"))
                        .problem());
        HttpRequest.Builder withoutOrigin =
                HttpRequest.newBuilder(http("api/v1" + messages())).POST(BodyPublishers.ofString("{\"text\":\"x\"}"));
        assertEquals("forbidden", send(withoutOrigin).problem());
        HttpResponse<String> preflight = client.send(
                HttpRequest.newBuilder(http("api/v1" + messages()))
                        .header("Origin", "https://evil.example")
                        .header("Access-Control-Request-Method", "POST")
                        .method("OPTIONS", BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertEquals(204, preflight.statusCode());
        assertTrue(preflight.headers().firstValue("Access-Control-Allow-Origin").isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | /rooms/%s/messages | {                      | 400",
                "POST | /rooms/%s/messages | []                     | 400",
                "POST | /rooms/%s/messages | {\"text\":1}           | 400",
                "POST | /rooms/%s/messages | {}                     | 400",
                "POST | /rooms/%s/messages | {\"data\":\"!\"}       | 400",
                "POST | /rooms/%s/messages | {\"text\":\"a\",\"target\":\"b\"} | 404",
                "POST | /rooms/A%s/messages| {\"text\":\"a\"}       | 400",
                "POST | /nothing           | {}                     | 404",
                "PUT  | /rooms/%s/messages | {\"text\":\"a\"}       | 405",
                "PATCH| /rooms/%s/messages/0190163d-8694-739b-aea5-966c26f8ad91 | {\"text\":\"a\"} | 404",
                "GET  | /rooms/%s/messages?before=1&after=2 | ''    | 400",
                "GET  | /rooms/%s/messages?limit=x          | ''    | 400",
            })
    void anInvalidRequestIsAnsweredByAProblem(String method, String path, String body, int status) throws Exception {
        Answer answer = send(with(method, path.formatted(room), body));
        assertEquals(status, answer.status(), answer.json()::toString);
        answer.problem();
    }

    @Test
    void nestedAndOversizedBodiesAndOtherTypesAreRefused() throws Exception {
        assertEquals(
                "invalid-request",
                send(with("POST", messages(), "{\"a\":" + "[".repeat(100_000))).problem());
        assertEquals(
                "unsupported-media-type",
                send(to(messages(), ann).header("Content-Type", "text/plain").POST(BodyPublishers.ofString("hello")))
                        .problem());
    }

    /** Without an answer, a body that never arrives would occupy the server (RFC 9112 §11.2). */
    @ParameterizedTest
    @CsvSource({"3000000, Bearer, 413", "9999, Bearer nonsense, 401"})
    void aBodyThatNeverArrivesIsNotAwaited(int length, String scheme, int status) throws Exception {
        String authorization = scheme.equals("Bearer") ? ann : scheme;
        try (RawClient raw = new RawClient(new Socket("127.0.0.1", http("").getPort()))) {
            raw.write("POST " + contextPath() + "api/v1" + messages() + " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                    + "Authorization: " + authorization + "\r\nContent-Type: application/json\r\n"
                    + "Content-Length: " + length + "\r\n\r\n");
            assertEquals("HTTP/1.1 " + status, raw.read(12));
        }
    }

    @Test
    void theDocumentIsServed() throws Exception {
        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(http("api/v1/openapi.json")).build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(200, response.statusCode());
        assertEquals("3.1.0", object(response.body()).getString("openapi"));
    }
}
