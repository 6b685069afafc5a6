package veche.dialect.soap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import veche.dialect.soap.message.XmlLimits;

class CallTest {
    private final SoapFixture server = new SoapFixture();
    private final SoapFixture.Member anna = server.member("anna");

    @Test
    void argumentsAreConvertedToTheirTypes() {
        List<Object> seen = new ArrayList<>();
        server.procedures.set((caller, procedure, args, kwargs) -> {
            seen.add(procedure);
            seen.addAll(args);
            seen.add(kwargs);
            return CompletableFuture.completedFuture(new Procedures.Result(List.of(), Map.of()));
        });
        anna.request(
                "Call",
                "<procedure>com.example.add</procedure><args><value><integer>7</integer></value>"
                        + "<value><double>1.5</double></value><value><string> s </string></value>"
                        + "<value><boolean>true</boolean></value><value><nothing/></value>"
                        + "<value><integer>123456789012345678901234567890</integer></value>"
                        + "<value><binary>AP8=</binary></value>"
                        + "<value><list><value><integer>1</integer></value></list></value></args>"
                        + "<kwargs><entry><key>deep</key><value><dict><entry><key>x</key><value><integer>-1</integer>"
                        + "</value></entry></dict></value></entry></kwargs>");
        assertEquals(
                Arrays.asList(
                        "com.example.add",
                        7L,
                        1.5,
                        " s ",
                        true,
                        null,
                        new BigInteger("123456789012345678901234567890")),
                seen.subList(0, 7));
        assertArrayEquals(new byte[] {0, -1}, (byte[]) seen.get(7));
        assertEquals(List.of(1L), seen.get(8));
        assertEquals(Map.of("deep", Map.of("x", -1L)), seen.get(9));
    }

    @Test
    void resultsAreConvertedToTheirTypes() {
        server.procedures.set((caller, procedure, args, kwargs) ->
                CompletableFuture.completedFuture(new Procedures.Result(
                        Arrays.asList(42, 2.5, "text", null, List.of(true)), Map.of("a", new byte[] {0, -1}))));
        ReceivedEnvelope answer = anna.request("Call", "<procedure>com.example.get</procedure>");
        assertEquals("urn:veche:chat:1/CallResponse", answer.action());
        String value = "/s:Envelope/s:Body/c:CallResponse/c:args/c:value";
        assertEquals("42", answer.text(value + "[1]/c:integer"));
        assertEquals("2.5", answer.text(value + "[2]/c:double"));
        assertEquals("text", answer.text(value + "[3]/c:string"));
        assertEquals(1, answer.count(value + "[4]/c:nothing"));
        assertEquals("true", answer.text(value + "[5]/c:list/c:value/c:boolean"));
        assertEquals("AP8=", answer.text("//c:kwargs/c:entry[c:key='a']/c:value/c:binary"));
    }

    @Test
    void anUnregisteredProcedureIsAFaultWithTheWampError() {
        ReceivedEnvelope fault = anna.request("Call", "<procedure>com.example.nobody</procedure>");
        assertEquals("Receiver/c:CallFailed", fault.codes());
        assertEquals("call_failed", fault.text("//c:ChatFault/c:reason"));
        assertEquals("wamp.error.no_such_procedure", fault.text("//c:ChatFault/c:error"));
    }

    @Test
    void anErrorOfTheProcedureKeepsItsArguments() {
        server.procedures.set(
                (caller, procedure, args, kwargs) -> CompletableFuture.failedFuture(new Procedures.ProcedureException(
                        "com.example.error.poor", List.of("too little"), Map.of("missing", 5))));
        ReceivedEnvelope fault = anna.request("Call", "<procedure>com.example.pay</procedure>");
        assertEquals("com.example.error.poor", fault.text("//c:ChatFault/c:error"));
        assertEquals("too little", fault.text("//c:ChatFault/c:args/c:value/c:string"));
        assertEquals("5", fault.text("//c:ChatFault/c:kwargs/c:entry/c:value/c:integer"));
    }

    @Test
    void anInternalFailureIsAReceiverFaultWithAnIncident() {
        server.procedures.set((caller, procedure, args, kwargs) ->
                CompletableFuture.failedFuture(new IllegalStateException("a test wants this in the log")));
        ReceivedEnvelope fault = anna.request("Call", "<procedure>com.example.broken</procedure>");
        assertEquals("Receiver/c:InternalError", fault.codes());
        assertTrue(fault.text("//c:ChatFault/c:incident").matches("[0-9a-f-]{36}"));
        assertTrue(!fault.xml().contains("IllegalState") && !fault.xml().contains("a test wants"), fault.xml());
    }

    @Test
    void aProcedureThatThrowsSynchronouslyIsAFault() {
        server.procedures.set((caller, procedure, args, kwargs) -> {
            throw new Procedures.ProcedureException("com.example.error.closed", List.of(), Map.of());
        });
        ReceivedEnvelope fault = anna.request("Call", "<procedure>com.example.shop</procedure>");
        assertEquals("com.example.error.closed", fault.text("//c:ChatFault/c:error"));
    }

    @Test
    void callsOverTheLimitAreRejectedUntilOneCompletes() {
        SoapFixture small = new SoapFixture(
                new SoapSettings(new XmlLimits(32, 100, 64, 1_000), 10, 10, 2, SoapSettings.DEFAULT.tokenTimeout()));
        SoapFixture.Member carl = small.member("carl");
        List<CompletableFuture<Procedures.Result>> calls = new ArrayList<>();
        small.procedures.set((caller, procedure, args, kwargs) -> {
            calls.add(new CompletableFuture<>());
            return calls.get(calls.size() - 1);
        });
        String call = Envelopes.request("Call", "<procedure>com.example.slow</procedure>");
        carl.session.onText(call);
        carl.session.onText(call);
        assertEquals("Receiver/c:Busy", carl.request(call).codes());
        calls.get(0).complete(new Procedures.Result(List.of(), Map.of()));
        assertEquals("CallResponse", carl.next().body());
        carl.session.onText(call);
        assertEquals(3, calls.size());
    }

    @Test
    void aSlowProcedureDoesNotBlockOtherRequests() {
        CompletableFuture<Procedures.Result> slow = new CompletableFuture<>();
        server.procedures.set((caller, procedure, args, kwargs) -> slow);
        anna.session.onText(Envelopes.request("Call", "<procedure>com.example.slow</procedure>"));
        assertEquals(
                "SendResponse", anna.request(Envelopes.send("tea", "meanwhile")).body());
        slow.complete(new Procedures.Result(List.of(), Map.of()));
        assertEquals("CallResponse", anna.next().body());
    }
}
