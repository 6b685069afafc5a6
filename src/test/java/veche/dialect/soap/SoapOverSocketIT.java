package veche.dialect.soap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.testing.MessageType.ERROR;
import static veche.testing.MessageType.HELLO;
import static veche.testing.MessageType.INVOCATION;
import static veche.testing.MessageType.PUBLISH;
import static veche.testing.MessageType.REGISTER;
import static veche.testing.MessageType.REGISTERED;
import static veche.testing.MessageType.SUBSCRIBE;
import static veche.testing.MessageType.SUBSCRIBED;
import static veche.testing.MessageType.V1_CALL;
import static veche.testing.MessageType.V1_CALLERROR;
import static veche.testing.MessageType.V1_CALLRESULT;
import static veche.testing.MessageType.V1_WELCOME;
import static veche.testing.MessageType.WELCOME;
import static veche.testing.MessageType.YIELD;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import veche.dialect.soap.message.Operation;
import veche.testing.TextClient;
import veche.testing.Token;

/** SOAP over real sockets on the server under test. */
@ArquillianTest
@RunAsClient
class SoapOverSocketIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final String CONTENT_TYPE = "application/soap+xml; charset=utf-8";
    private static final String PRICE_OF_TEA =
            "<procedure>com.example.price</procedure><args><value><string>tea</string></value></args>";

    @ArquillianResource
    private URL base;

    @Deployment(testable = false)
    static WebArchive war() {
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File("target/veche.war"));
    }

    /** Payara reports the machine's address but listens on the loopback. */
    private URI chat(String scheme, String query) {
        return URI.create(scheme + "://127.0.0.1:" + base.getPort() + base.getPath() + "chat" + query);
    }

    private WcfClient wcf() throws IOException {
        return new WcfClient(chat("ws", ""), CONTENT_TYPE);
    }

    private static ReceivedEnvelope received(WcfClient.Frame frame) {
        assertEquals(WcfClient.BINARY, frame.first());
        return ReceivedEnvelope.of(new veche.dialect.Frame.Binary(java.nio.ByteBuffer.wrap(frame.payload())));
    }

    private HttpResponse<byte[]> get(String query) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(chat("http", query)).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    @Test
    void theHandshakeAndFirstMessageOfDotNetAreAnsweredInABinaryFrame() throws IOException {
        try (WcfClient client = wcf()) {
            assertEquals(101, client.status());
            assertEquals("soap", client.header("Sec-WebSocket-Protocol"));
            client.send(WcfTest.FIRST_MESSAGE);
            ReceivedEnvelope answer = received(client.next());
            assertEquals("urn:veche:chat:1/JoinResponse", answer.action());
            assertEquals("urn:uuid:3ba6a0a8-5f0e-4d2a-8f9b-0f5c1f0d6c11", answer.relatesTo());
        }
    }

    @Test
    void anEnvelopeMayBeFragmentedWithinACharacter() throws IOException {
        try (WcfClient client = wcf()) {
            client.send(Envelopes.join("fragments"));
            client.next();
            String send = Envelopes.send("fragments", "вече");
            int inside = send.substring(0, send.indexOf('в')).getBytes(StandardCharsets.UTF_8).length + 1;
            client.sendFragmented(send, inside);
            assertEquals("вече", received(client.next()).text("//c:Message/c:text"));
        }
    }

    @Test
    void theBinaryEncodingOfDotNetIsRejectedWithTheSupportedOne() throws IOException {
        try (WcfClient client = new WcfClient(chat("ws", ""), "application/soap+msbinsession1")) {
            assertEquals(400, client.status());
            assertEquals(CONTENT_TYPE, client.header("soap-content-type"));
        }
    }

    @Test
    void malformedXmlIsClosedWith1007AndOthersContinue() throws IOException {
        try (WcfClient other = wcf();
                WcfClient client = wcf()) {
            client.send("--uuid:1\r\nContent-Type: application/xop+xml\r\n\r\n");
            WcfClient.Frame close = client.next();
            assertEquals(WcfClient.CLOSE, close.first());
            assertEquals(1007, close.closeCode());
            other.send(WcfTest.FIRST_MESSAGE);
            assertEquals("JoinResponse", received(other.next()).body());
        }
    }

    @Test
    void aFaultLeavesTheConnectionOpen() throws IOException {
        try (WcfClient client = wcf()) {
            client.send("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><x>&e;</x>");
            assertEquals("Sender", received(client.next()).codes());
            client.send(WcfTest.FIRST_MESSAGE);
            assertEquals("JoinResponse", received(client.next()).body());
        }
    }

    @Test
    void plainWampAndSoapMembersShareOneRoom() throws IOException {
        try (TextClient plain = new TextClient(chat("ws", "?room=square&name=Plain"));
                TextClient wamp = new TextClient(chat("ws", ""), "wamp.2.json");
                WcfClient soap = wcf()) {
            soap.send(Envelopes.join("square"));
            assertEquals("JoinResponse", received(soap.next()).body());
            wamp.send("[" + HELLO + ",\"veche\",{\"roles\":{\"subscriber\":{},\"publisher\":{}}}]");
            assertTrue(wamp.next().startsWith("[" + WELCOME + ","));
            wamp.send("[" + SUBSCRIBE + ",1,{},\"veche.room.square\"]");
            assertTrue(wamp.next().startsWith("[" + SUBSCRIBED + ",1,"));

            plain.send("from plain");
            ReceivedEnvelope message = received(soap.next());
            assertEquals("from plain", message.text("//c:Message/c:text"));
            assertEquals("Plain", message.text("//c:Message/c:author/c:name"));
            assertEquals("from plain", plain.next());
            assertTrue(wamp.next().contains("from plain"));

            soap.send(Envelopes.oneWay("Send", "<room>square</room><text>from SOAP</text>"));
            assertEquals("from SOAP", plain.next());
            assertTrue(wamp.next().contains("from SOAP"));
            assertEquals("from SOAP", received(soap.next()).text("//c:Message/c:text"));

            wamp.send("[" + PUBLISH + ",2,{},\"veche.room.square\",[\"from WAMP\"]]");
            assertEquals("from WAMP", received(soap.next()).text("//c:Message/c:text"));
            assertEquals("from WAMP", plain.next());
        }
    }

    @Test
    void aProcedureOfAWampMemberIsCallableFromSoapAndWamp1() throws IOException {
        String token = Token.of("backend", "Backend");
        try (TextClient callee = new TextClient(chat("ws", "?access_token=" + token), "wamp.2.json");
                TextClient version1 = new TextClient(chat("ws", ""), "wamp");
                WcfClient soap = wcf()) {
            callee.send("[" + HELLO + ",\"veche\",{\"roles\":{\"callee\":{}}}]");
            assertTrue(callee.next().startsWith("[" + WELCOME + ","));
            callee.send("[" + REGISTER + ",1,{},\"com.example.price\"]");
            assertTrue(callee.next().startsWith("[" + REGISTERED + ",1,"));
            assertTrue(version1.next().startsWith("[" + V1_WELCOME + ","));

            soap.send(Envelopes.request("Call", PRICE_OF_TEA));
            callee.send("[" + YIELD + "," + nextInvocationId(callee) + ",{},[995]]");
            ReceivedEnvelope answer = received(soap.next());
            assertEquals("995", answer.text("//c:CallResponse/c:args/c:value/c:integer"));

            soap.send(Envelopes.request("Call", PRICE_OF_TEA));
            callee.send("[" + ERROR + "," + INVOCATION + "," + nextInvocationId(callee)
                    + ",{},\"com.example.error.sold_out\",[\"until Monday\"]]");
            ReceivedEnvelope fault = received(soap.next());
            assertEquals("Receiver/c:CallFailed", fault.codes());
            assertEquals("com.example.error.sold_out", fault.text("//c:ChatFault/c:error"));
            assertEquals("until Monday", fault.text("//c:ChatFault/c:args/c:value/c:string"));

            version1.send("[" + V1_CALL + ",\"a\",\"com.example.price\",\"tea\"]");
            callee.send("[" + YIELD + "," + nextInvocationId(callee) + ",{},[995]]");
            assertEquals("[" + V1_CALLRESULT + ",\"a\",995]", version1.next());

            version1.send("[" + V1_CALL + ",\"b\",\"com.example.price\",\"tea\"]");
            callee.send("[" + ERROR + "," + INVOCATION + "," + nextInvocationId(callee)
                    + ",{},\"com.example.error.sold_out\",[\"until Monday\"]]");
            String error = version1.next();
            assertTrue(error.startsWith("[" + V1_CALLERROR + ",\"b\",\"com.example.error.sold_out\","), error);
        }
    }

    @Test
    void aModeratorSetsTheModeOfARoomForEveryDialect() throws IOException {
        String query = "?access_token=" + Token.of("vera", "Vera", "moderator");
        try (WcfClient vera = new WcfClient(chat("ws", query), CONTENT_TYPE);
                TextClient plain = new TextClient(chat("ws", "?room=lecture&name=Plain"));
                WcfClient soap = wcf()) {
            vera.send(Envelopes.request("SetReadOnly", "<room>lecture</room><reason>Lecture</reason>"));
            assertEquals("readonly", received(vera.next()).text("//c:SetReadOnlyResponse/c:action/c:kind"));
            soap.send(Envelopes.send("lecture", "hi"));
            assertEquals("Sender/c:ReadOnly", received(soap.next()).codes());
            plain.send("dropped");
            vera.send(Envelopes.send("lecture", "silence, please"));
            assertEquals("silence, please", plain.next());
        }
    }

    /** Returns the request id of the next INVOCATION, whose argument is tea. */
    private static String nextInvocationId(TextClient callee) {
        String invocation = callee.next();
        assertTrue(invocation.matches("\\[" + INVOCATION + ",\\d+,\\d+,\\{.*},\\[\"tea\"](,\\{})?]"), invocation);
        return invocation.split(",")[1];
    }

    @Test
    void theServedDescriptionIsTheOneForClientGeneration() throws Exception {
        HttpResponse<byte[]> wsdl = get("?wsdl");
        assertEquals(200, wsdl.statusCode());
        assertTrue(wsdl.headers().firstValue("Content-Type").orElse("").startsWith("text/xml"));
        Document served = parse(wsdl.body());
        Element address = (Element) served.getElementsByTagNameNS("http://schemas.xmlsoap.org/wsdl/soap12/", "address")
                .item(0);
        assertEquals(chat("ws", "").toString(), address.getAttribute("location"));
        assertTrue(served.getElementsByTagNameNS("http://schemas.xmlsoap.org/wsdl/", "operation")
                        .getLength()
                >= Operation.values().length);
        HttpResponse<byte[]> xsd = get("?xsd");
        assertEquals(200, xsd.statusCode());
        assertEquals("urn:veche:chat:1", parse(xsd.body()).getDocumentElement().getAttribute("targetNamespace"));
    }

    private static Document parse(byte[] xml) throws Exception {
        return DocumentBuilderFactory.newDefaultNSInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml));
    }

    @Test
    void theExampleJoinsSendsAndReceives() throws IOException, InterruptedException {
        Process example = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "src/docs/SoapMember.java",
                        chat("ws", "").toString())
                .redirectErrorStream(true)
                .start();
        String printed = new String(example.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(example.waitFor(30, TimeUnit.SECONDS), printed);
        assertEquals(0, example.exitValue(), printed);
        assertTrue(printed.contains("urn:veche:chat:1/JoinResponse"), printed);
        assertTrue(printed.contains("<c:name>Anna</c:name>"), printed);
        assertTrue(printed.contains("<c:text>Hello from SOAP</c:text>"), printed);
    }
}
