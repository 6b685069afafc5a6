package veche.faults;

import jakarta.json.JsonArray;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import veche.testing.MessageType;

/** Offers a procedure that returns its argument. */
final class EchoCallee extends WampClient {
    private static final int ANSWER_SECONDS = 5;

    EchoCallee(FaultLoad load, String user) {
        super(load, user);
    }

    @Override
    void session(WampLink connection, int node) throws IOException, InterruptedException {
        try {
            JsonArray answer = connection
                    .request(MessageType.REGISTER, "{},\"" + load().procedure() + "\"")
                    .get(ANSWER_SECONDS, TimeUnit.SECONDS);
            while (answer.getInt(0) == MessageType.REGISTERED && connection.isOpen() && !hasEnded()) {
                Thread.sleep(20);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("No answer", e);
        }
    }

    @Override
    void received(String connection, JsonArray message) {
        if (message.getInt(0) == MessageType.INVOCATION) {
            String call = message.getJsonArray(4).getString(0);
            history().add(new Observation.Invoked(call, System.nanoTime()));
            link().send("[" + MessageType.YIELD + "," + message.getJsonNumber(1) + ",{},[\"" + call + "\"]]");
        }
    }
}
