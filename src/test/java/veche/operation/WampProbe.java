package veche.operation;

import static veche.testing.MessageType.CALL;
import static veche.testing.MessageType.ERROR;
import static veche.testing.MessageType.EVENT;
import static veche.testing.MessageType.HELLO;
import static veche.testing.MessageType.REGISTER;
import static veche.testing.MessageType.RESULT;
import static veche.testing.MessageType.SUBSCRIBE;
import static veche.testing.MessageType.V1_CALL;
import static veche.testing.MessageType.V1_CALLERROR;
import static veche.testing.MessageType.V1_CALLRESULT;
import static veche.testing.MessageType.V1_EVENT;
import static veche.testing.MessageType.V1_PUBLISH;
import static veche.testing.MessageType.V1_SUBSCRIBE;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import veche.testing.RawClient;
import veche.testing.Token;

/** Sends the WAMP request of a cell. */
record WampProbe(MatrixCell cell) {
    private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");
    private static final Pattern URI_END = Pattern.compile("\"[^\"]*[.#]([a-z_-]+)\"");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z]+)}");

    String v2() throws IOException {
        RawClient client = cell.connect("wamp.2.json");
        String session = hello(client);
        client.send(completed(client, cell.request().replace("{session}", session)));
        return answer(client);
    }

    private String completed(RawClient client, String request) throws IOException {
        Matcher placeholder = PLACEHOLDER.matcher(request);
        if (!placeholder.find()) {
            return request;
        }
        return placeholder.replaceFirst(
                switch (placeholder.group(1)) {
                    case "own" -> sent(client);
                    case "theirs" -> theirs();
                    case "victim" -> hello(connectTarget());
                    case "subscription" -> acquired(client, SUBSCRIBE, "veche.room." + cell.room());
                    case "registration" -> registration();
                    default -> throw new IllegalArgumentException(request);
                });
    }

    private RawClient connectTarget() {
        return cell.connect("wamp.2.json", Token.of(cell.target(), "Target"));
    }

    /** Returns the id of the session. */
    private static String hello(RawClient client) throws IOException {
        client.send("[" + HELLO
                + ",\"veche\",{\"roles\":{\"caller\":{},\"callee\":{},\"publisher\":{},\"subscriber\":{}}}]");
        return client.nextText().split(",")[1];
    }

    /** Subscribes or registers and returns the id of the subscription or registration. */
    private static String acquired(RawClient client, int request, String uri) throws IOException {
        client.send("[" + request + ",1,{},\"" + uri + "\"]");
        return client.nextText().replaceAll("[\\[\\]]", "").split(",")[2];
    }

    private String registration() throws IOException {
        RawClient client = cell.connect("wamp.2.json", Token.of("backend", "Back end", "admin"));
        hello(client);
        return acquired(client, REGISTER, "com.shop.pay");
    }

    /** Sends a message of another user and returns its id. */
    String theirs() throws IOException {
        RawClient client = connectTarget();
        hello(client);
        return sent(client);
    }

    /** Sends a message to the room and returns its id. */
    private String sent(RawClient client) throws IOException {
        client.send("[" + CALL + ",1,{},\"veche.send\",[\"" + cell.room() + "\",\"hello\"]]");
        return MatrixCell.found(ID, client.nextText());
    }

    private static String answer(RawClient client) throws IOException {
        String text = client.nextText();
        while (text.startsWith("[" + EVENT + ",")) {
            text = client.nextText();
        }
        return text.startsWith("[" + ERROR + ",") ? MatrixCell.found(URI_END, text) : MatrixCell.PERMITTED;
    }

    String v1() throws IOException {
        RawClient client = cell.connect("wamp");
        client.nextText(); // WELCOME
        String request = cell.request();
        client.send(request);
        if (request.startsWith("[" + V1_CALL + ",")) {
            String answer = client.nextText();
            return answer.startsWith("[" + V1_CALLERROR + ",")
                    ? MatrixCell.found(URI_END, answer)
                    : MatrixCell.PERMITTED;
        }
        client.send("[" + V1_CALL + ",\"fence\",\"http://veche/rpc#whoami\"]");
        boolean subscribing = request.startsWith("[" + V1_SUBSCRIBE + ",");
        String concerned = request.contains(cell.other()) ? cell.other() : cell.room();
        return (subscribing ? receives(client, concerned) : stored(client, request, concerned))
                ? MatrixCell.PERMITTED
                : "no effect";
    }

    /** Whether a message of an administrator reaches the client before the answer of a later call. */
    private boolean receives(RawClient client, String concerned) throws IOException {
        client.nextText();
        call("veche.send", "\"" + concerned + "\",\"hello\"");
        client.send("[" + V1_CALL + ",\"fence\",\"http://veche/rpc#whoami\"]");
        return client.nextText().startsWith("[" + V1_EVENT + ",");
    }

    private boolean stored(RawClient client, String request, String concerned) throws IOException {
        if (!request.startsWith("[" + V1_PUBLISH + ",")) {
            throw new IllegalArgumentException(request);
        }
        if (!client.nextText().startsWith("[" + V1_CALLRESULT + ",")) {
            throw new IllegalStateException("whoami failed");
        }
        return call("veche.history", "\"" + concerned + "\"").contains("\"hello\"");
    }

    private String call(String procedure, String arguments) throws IOException {
        RawClient client = cell.connect("wamp.2.json", Token.of("observer", "Observer", "admin"));
        hello(client);
        client.send("[" + CALL + ",1,{},\"" + procedure + "\",[" + arguments + "]]");
        String result = client.nextText();
        if (!result.startsWith("[" + RESULT + ",")) {
            throw new IllegalStateException(result);
        }
        return result;
    }
}
