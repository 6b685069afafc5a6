package router;

import java.net.URI;
import java.util.List;
import ws.wamp.jawampa.WampRouter;
import ws.wamp.jawampa.WampRouterBuilder;
import ws.wamp.jawampa.WampSerialization;
import ws.wamp.jawampa.transport.netty.SimpleWampWebsocketListener;

/** jawampa's router configured as in its example, in JSON and MessagePack; argument: the port. */
public final class Router {
    private Router() {}

    /** Serves the realm {@code veche} at {@code /ws} on 127.0.0.1 until killed. */
    public static void main(String[] arguments) throws Exception {
        WampRouterBuilder builder = new WampRouterBuilder();
        builder.addRealm("veche");
        WampRouter router = builder.build();
        URI address = URI.create("ws://127.0.0.1:" + Integer.parseInt(arguments[0]) + "/ws");
        List<WampSerialization> serializations = List.of(WampSerialization.Json, WampSerialization.MessagePack);
        new SimpleWampWebsocketListener(router, address, null, serializations).start();
    }
}
