package veche.faults;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends messages by SOAP, and receives those of its rooms, in which it resumes on each connection. */
final class SoapMember extends RequestClient implements Subscriber {
    private static final String ENVELOPE = "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\""
            + " xmlns:a=\"http://www.w3.org/2005/08/addressing\"><s:Header><a:Action s:mustUnderstand=\"1\">"
            + "urn:veche:chat:1/%s</a:Action><a:MessageID>urn:faults:%s</a:MessageID></s:Header>"
            + "<s:Body><%1$s xmlns=\"urn:veche:chat:1\">%3$s</%1$s></s:Body></s:Envelope>";
    private static final Pattern RELATES_TO = Pattern.compile("RelatesTo>urn:faults:([^<]+)<");
    private static final Pattern SUBCODE = Pattern.compile("<s:Subcode><s:Value>c:(\\w+)</s:Value>");
    private static final long UNKNOWN = -1;

    private record Place(String epoch, long position) {}

    private final Map<String, Place> places = new ConcurrentHashMap<>();

    SoapMember(FaultLoad load, String user, List<String> rooms) {
        super(load, user, "soap", rooms);
    }

    @Override
    public long position(String room) {
        Place place = places.get(room);
        return place == null ? UNKNOWN : place.position();
    }

    @Override
    void follow(TextLink connection, int node, String room) throws IOException, InterruptedException {
        Place place = places.get(room);
        String after = place == null
                ? ""
                : "<after><epoch>" + place.epoch() + "</epoch><position>" + place.position() + "</position></after>";
        String answer = exchange(connection, id -> envelope("Join", id, "<room>" + room + "</room>" + after));
        if (!answer.contains("JoinResponse>")) {
            throw new IOException("Refused: " + answer);
        }
    }

    @Override
    String request(String id, String room, String key) {
        return envelope("Send", id, "<room>" + room + "</room><text>" + key + "</text><key>" + key + "</key>");
    }

    private static String envelope(String operation, String id, String content) {
        return ENVELOPE.formatted(operation, id, content);
    }

    @Override
    boolean record(long attempt, String answer) {
        if (answer.contains("SendResponse>")) {
            history()
                    .add(new Observation.Acknowledged(
                            attempt,
                            Long.parseLong(element("position", answer)),
                            UUID.fromString(element("id", answer)),
                            System.nanoTime()));
            return true;
        }
        Matcher subcode = SUBCODE.matcher(answer);
        String error = subcode.find() ? subcode.group(1) : answer;
        history().add(new Observation.Refused(attempt, error, answer.contains("s:Sender"), System.nanoTime()));
        return false;
    }

    @Override
    void received(TextLink connection, String envelope) {
        if (envelope.contains("<c:JoinResponse>")) {
            started(connection, envelope);
        } else if (envelope.contains("<c:Message>")) {
            message(connection, envelope);
        }
        Matcher relatesTo = RELATES_TO.matcher(envelope);
        if (relatesTo.find()) {
            answered(relatesTo.group(1), envelope);
        }
    }

    private void started(TextLink connection, String response) {
        String room = element("room", response);
        long end = Long.parseLong(element("position", response));
        boolean resumed = response.contains("<c:recovered>");
        boolean recovered = !resumed || element("recovered", response).equals("true");
        long after = resumed && recovered ? position(room) : end;
        places.put(room, new Place(element("epoch", response), after));
        history()
                .add(new Observation.Started(
                        stream(connection, room), connection.name(), room, after, end, recovered, System.nanoTime()));
    }

    private void message(TextLink connection, String message) {
        String room = element("room", message);
        long position = Long.parseLong(element("position", message));
        places.put(room, new Place(element("epoch", message), position));
        history()
                .add(new Observation.Received(
                        stream(connection, room),
                        position,
                        UUID.fromString(element("id", message)),
                        element("text", message),
                        System.nanoTime()));
    }

    private static String stream(TextLink connection, String room) {
        return connection.name() + "/" + room;
    }

    private static String element(String name, String envelope) {
        Matcher found = Pattern.compile("<c:" + name + ">([^<]*)<").matcher(envelope);
        if (!found.find()) {
            throw new IllegalArgumentException("No " + name + ": " + envelope);
        }
        return found.group(1);
    }
}
