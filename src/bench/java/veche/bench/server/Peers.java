package veche.bench.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import veche.bench.limit.RawWriter;
import veche.bench.server.Server.Trait;

/** The servers that Veche is compared with, and the raw relay as an upper limit. */
record Peers(Path folder) {
    private static final String ROOM = "/?room={room}";

    Server ws() {
        return node("ws", "Node ws", "plain", ROOM, List.of(Trait.BASE));
    }

    Server socketIo() {
        String target = "/socket.io/?EIO=4&transport=websocket&room={room}";
        return node("socketio", "Socket.IO", "socketio", target, List.of());
    }

    private Server node(String id, String title, String protocol, String target, List<Trait> traits) {
        Path script = folder.resolve("node/" + id + ".js");
        List<Path> needs = List.of(script, folder.resolve("node/node_modules"));
        return new Server(
                id,
                title,
                protocol,
                target,
                "usr2",
                needs,
                traits,
                (port, work) -> new ProcessBuilder(
                        new ArrayList<>(List.of("node", "--expose-gc", script.toString(), Integer.toString(port)))));
    }

    Server spring() {
        Path jar = folder.resolve("spring/broker.jar");
        String classPath = jar + ":" + folder.resolve("spring/lib/*");
        return new Server(
                "spring",
                "Spring simple broker",
                "stomp",
                "/stomp",
                "jcmd",
                List.of(jar),
                List.of(Trait.BRIEF),
                (port, work) -> Java.program(work, classPath, "broker.Broker", Integer.toString(port)));
    }

    Server jawampa() {
        return router("jawampa", "jawampa, JSON", "wamp", List.of(Trait.WAMP, Trait.BASE));
    }

    Server jawampaMsgpack() {
        return router("jawampa-msgpack", "jawampa, MessagePack", "wamp_msgpack", List.of(Trait.WAMP, Trait.BRIEF));
    }

    private Server router(String id, String title, String protocol, List<Trait> traits) {
        Path jar = folder.resolve("jawampa/router.jar");
        String classPath = jar + ":" + folder.resolve("jawampa/lib/*");
        return new Server(
                id,
                title,
                protocol,
                "/ws",
                "jcmd",
                List.of(jar),
                traits,
                (port, work) -> Java.program(work, classPath, "router.Router", Integer.toString(port)));
    }

    /** One write per client for all frames of a round. */
    static Server together() {
        return limit("together", "raw writes, together", List.of());
    }

    /** One write per client and message. */
    static Server each() {
        return limit("each", "raw writes, each alone", List.of(Trait.BRIEF));
    }

    private static Server limit(String id, String title, List<Trait> traits) {
        String classPath = System.getProperty("java.class.path");
        return new Server(
                id,
                title,
                "plain",
                ROOM,
                "jcmd",
                List.of(),
                traits,
                (port, work) -> Java.program(work, classPath, RawWriter.class.getName(), Integer.toString(port), id));
    }
}
