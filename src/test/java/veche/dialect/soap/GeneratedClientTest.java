package veche.dialect.soap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import foreign.chat.Audit;
import foreign.chat.AuditResponse;
import foreign.chat.ChatFault;
import foreign.chat.History;
import foreign.chat.HistoryResponse;
import foreign.chat.Join;
import foreign.chat.JoinResponse;
import foreign.chat.Message;
import foreign.chat.MessageKind;
import foreign.chat.ModerationEntry;
import foreign.chat.ModerationKind;
import foreign.chat.ObjectFactory;
import foreign.chat.Place;
import foreign.chat.Send;
import foreign.chat.SendResponse;
import foreign.chat.SetSlowMode;
import foreign.chat.SetSlowModeResponse;
import jakarta.jws.Oneway;
import jakarta.jws.WebMethod;
import jakarta.xml.bind.JAXBContext;
import jakarta.xml.bind.JAXBException;
import jakarta.xml.bind.Marshaller;
import jakarta.xml.soap.SOAPException;
import jakarta.xml.ws.Action;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Node;
import veche.dialect.soap.message.Operation;
import veche.room.Author;
import veche.room.User;

/** Interoperability with the client that Apache CXF generates from the WSDL. */
class GeneratedClientTest {
    private final SoapFixture server = new SoapFixture();
    private SoapFixture.Member anna = server.member("anna");
    private final JAXBContext foreign;

    GeneratedClientTest() throws JAXBException {
        foreign = JAXBContext.newInstance(ObjectFactory.class);
    }

    private <T> T request(Object body, Class<T> answer) throws JAXBException, SOAPException {
        Marshaller marshaller = foreign.createMarshaller();
        marshaller.setProperty(Marshaller.JAXB_FRAGMENT, true);
        StringWriter xml = new StringWriter();
        marshaller.marshal(body, xml);
        String action = "urn:veche:chat:1/" + body.getClass().getSimpleName();
        ReceivedEnvelope received =
                anna.request(Envelopes.envelope(Envelopes.action(action) + Envelopes.id(), xml.toString()));
        return unmarshal(received.message().getSOAPBody().getFirstChild(), answer);
    }

    private <T> T unmarshal(Node node, Class<T> type) throws JAXBException {
        return type.cast(foreign.createUnmarshaller().unmarshal(node));
    }

    @Test
    void aGeneratedClientJoinsSendsAndReadsHistory() throws JAXBException, SOAPException {
        Join join = new Join();
        join.setRoom("tea");
        join.setName("Анна");
        Place start = new Place();
        start.setEpoch(SynchronousLog.EPOCH);
        join.setAfter(start);
        JoinResponse joined = request(join, JoinResponse.class);
        assertEquals(0, joined.getPosition());
        assertEquals(true, joined.isRecovered());

        Send send = new Send();
        send.setRoom("tea");
        send.setText("hello");
        send.setData(new byte[] {1, 2, 3});
        Message message = request(send, Message.class);
        assertEquals(MessageKind.FILE, message.getKind());
        assertNotNull(message.getAt());
        SendResponse sent = unmarshal(anna.next().message().getSOAPBody().getFirstChild(), SendResponse.class);
        assertEquals(message.getId(), sent.getReceipt().getId());

        History history = new History();
        history.setRoom("tea");
        HistoryResponse read = request(history, HistoryResponse.class);
        assertEquals(
                List.of("hello"),
                read.getMessage().stream().map(m -> m.getText()).toList());
    }

    @Test
    void aGeneratedClientModeratesAndReadsTheAudit() throws JAXBException, SOAPException {
        anna = server.member(new User(
                new Author("user:boss", "Boss"),
                List.of("admin"),
                Optional.empty(),
                Optional.empty(),
                User.Provider.TOKEN));
        SetSlowMode slow = new SetSlowMode();
        slow.setRoom("tea");
        slow.setInterval(30);
        slow.setReason("calm");
        ModerationEntry done = request(slow, SetSlowModeResponse.class).getAction();
        assertEquals(ModerationKind.SLOW, done.getKind());
        AuditResponse audit = request(new Audit(), AuditResponse.class);
        assertEquals(done.getNumber(), audit.getAction().get(0).getNumber());
        assertEquals(30, audit.getAction().get(0).getInterval());
        assertEquals("127.0.0.1", audit.getAction().get(0).getModeratorAddress());
    }

    @Test
    void aGeneratedClientReadsFaults() throws JAXBException, SOAPException {
        Send nothing = new Send();
        nothing.setRoom("tea");
        Marshaller marshaller = foreign.createMarshaller();
        marshaller.setProperty(Marshaller.JAXB_FRAGMENT, true);
        StringWriter xml = new StringWriter();
        marshaller.marshal(nothing, xml);
        ReceivedEnvelope received = anna.request(
                Envelopes.envelope(Envelopes.action("urn:veche:chat:1/Send") + Envelopes.id(), xml.toString()));
        ChatFault fault = unmarshal(received.fault().getDetail().getFirstChild(), ChatFault.class);
        assertEquals("invalid", fault.getReason().value());
    }

    @Test
    void theGeneratedInterfaceHasEveryOperationWithItsActions() {
        for (Operation operation : Operation.values()) {
            Method method = Arrays.stream(foreign.chat.Chat.class.getMethods())
                    .filter(candidate -> candidate.getName().equalsIgnoreCase(operation.local()))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(operation + " is missing"));
            assertEquals(
                    operation.action(), method.getAnnotation(WebMethod.class).action());
            assertEquals(operation.action(), method.getAnnotation(Action.class).input());
            assertEquals(
                    operation.answerAction(), method.getAnnotation(Action.class).output());
        }
    }

    @Test
    void theGeneratedCallbackHasBothServerMessages() {
        assertEquals(
                Set.of("urn:veche:chat:1/Message", "urn:veche:chat:1/Signal"),
                Arrays.stream(foreign.chat.ChatListener.class.getMethods())
                        .filter(method -> method.isAnnotationPresent(Oneway.class))
                        .map(method -> method.getAnnotation(Action.class).input())
                        .collect(Collectors.toSet()));
    }
}
