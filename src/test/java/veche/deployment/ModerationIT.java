package veche.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Tokens and moderators over real sockets, on each server of the matrix. */
@ArquillianTest
@Order(DeploymentOrder.CONFIGURED)
@RunAsClient
class ModerationIT {
    private static final long PATIENCE_SECONDS = 30;

    @ArquillianResource
    private URL base;

    @Deployment(testable = false)
    static WebArchive war() {
        return ConfiguredWar.create();
    }

    private static String token(String subject, Instant end, String... roles) throws Exception {
        SignedJWT token = new SignedJWT(
                new JWSHeader(JWSAlgorithm.HS256),
                new JWTClaimsSet.Builder()
                        .subject(subject)
                        .expirationTime(Date.from(end))
                        .claim("roles", List.of(roles))
                        .build());
        token.sign(new MACSigner(ConfiguredWar.TOKEN_SECRET));
        return token.serialize();
    }

    private static Instant inAnHour() {
        return Instant.now().plusSeconds(3_600);
    }

    private String answer(String query) {
        return Knock.at(URI.create(base.toString()), base.getPath() + "chat?" + query)
                .answer();
    }

    /** Hears texts and the close frame. */
    private static final class Listener implements WebSocket.Listener {
        final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
        final CompletableFuture<String> closed = new CompletableFuture<>();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            heard.add(data.toString());
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(code + " " + reason);
            return null;
        }
    }

    private WebSocket connect(Listener listener, String query, String... subprotocols) throws Exception {
        WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
        if (subprotocols.length > 0) {
            builder.subprotocols(subprotocols[0]);
        }
        URI chat = URI.create("ws://127.0.0.1:" + base.getPort() + base.getPath() + "chat?" + query);
        return builder.buildAsync(chat, listener).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static String next(Listener listener) throws Exception {
        String next = listener.heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertTrue(next != null, "heard nothing");
        return next;
    }

    private static String closed(Listener listener) throws Exception {
        return listener.closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void aBadTokenIsAnsweredWith401BeforeTheUpgrade() throws Exception {
        String answer = answer("access_token=nonsense");
        assertTrue(answer.startsWith("HTTP/1.1 401"), answer);
        assertTrue(answer.toLowerCase(java.util.Locale.ROOT).contains("www-authenticate: bearer"), answer);
        String expired = answer("access_token=" + token("ann", Instant.now().minusSeconds(60)));
        assertTrue(expired.startsWith("HTTP/1.1 401"), expired);
    }

    @Test
    void whoIsBannedIsClosedWith1008AndThenMetWith403() throws Exception {
        Listener eve = new Listener();
        String hers = "room=hall&access_token=" + token("eve", inAnHour());
        WebSocket socket = connect(eve, hers);
        socket.sendText("Hello", true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertEquals("Hello", next(eve));

        Listener moderator = new Listener();
        WebSocket wamp = connect(moderator, "access_token=" + token("mod", inAnHour(), "moderator"), "wamp.2.json");
        wamp.sendText("[1,\"veche\",{\"roles\":{\"caller\":{}}}]", true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertTrue(next(moderator).contains("\"authrole\":\"moderator\""));
        call(wamp, 1, "veche.kick", "\"user:eve\",\"hall\",\"Enough\"");
        assertTrue(next(moderator).startsWith("[50,1,"));
        assertEquals("1008 Kicked in hall: Enough", closed(eve));

        Listener again = new Listener();
        connect(again, hers);
        call(wamp, 2, "veche.ban", "\"user:eve\",null,null,\"Спам\"");
        assertTrue(next(moderator).startsWith("[50,2,"));
        assertEquals("1008 Banned: Спам", closed(again));
        String refused = answer(hers);
        assertTrue(refused.startsWith("HTTP/1.1 403"), refused);
        call(wamp, 3, "veche.unban", "\"user:eve\"");
        assertTrue(next(moderator).startsWith("[50,3,"));
        assertTrue(answer(hers).startsWith("HTTP/1.1 101"));
    }

    private static void call(WebSocket wamp, int request, String procedure, String args) throws Exception {
        wamp.sendText("[48," + request + ",{},\"" + procedure + "\",[" + args + "]]", true)
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void aConnectionEndsWithItsToken() throws Exception {
        Listener ann = new Listener();
        // Expiry times are whole seconds.
        connect(ann, "access_token=" + token("ann", Instant.now().plusSeconds(6)));
        assertEquals("1008 token expired", closed(ann));
    }
}
