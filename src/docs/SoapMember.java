// A SOAP client: joins the room "tea", sends a message, prints the envelopes that it receives, and closes.
// Usage: java SoapMember.java ws://localhost:8080/chat
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

public class SoapMember implements WebSocket.Listener {
    static final String ENVELOPE = """
            <s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="http://www.w3.org/2005/08/addressing">
              <s:Header><a:Action>urn:veche:chat:1/%s</a:Action><a:MessageID>urn:uuid:%s</a:MessageID></s:Header>
              <s:Body>%s</s:Body>
            </s:Envelope>""";

    final StringBuilder envelope = new StringBuilder();
    final CompletableFuture<Void> ownMessage = new CompletableFuture<>();

    static void request(WebSocket socket, String operation, String content) {
        String body = "<%s xmlns=\"urn:veche:chat:1\">%s</%s>".formatted(operation, content, operation);
        socket.sendText(ENVELOPE.formatted(operation, UUID.randomUUID(), body), true).join();
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
        envelope.append(part);
        if (last) {
            System.out.println(envelope);
            if (envelope.indexOf("urn:veche:chat:1/Message") >= 0) {
                ownMessage.complete(null);
            }
            envelope.setLength(0);
        }
        socket.request(1);
        return null;
    }

    public static void main(String[] args) throws Exception {
        SoapMember member = new SoapMember();
        WebSocket socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols("soap")
                .header("soap-content-type", "application/soap+xml; charset=utf-8")
                .buildAsync(URI.create(args.length > 0 ? args[0] : "ws://localhost:8080/chat"), member)
                .join();
        request(socket, "Join", "<room>tea</room><name>Anna</name>");
        request(socket, "Send", "<room>tea</room><text>Hello from SOAP</text>");
        member.ownMessage.get(10, TimeUnit.SECONDS);
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }
}
