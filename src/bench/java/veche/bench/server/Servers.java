package veche.bench.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import veche.bench.server.Server.Trait;

/** All that can be measured, in the order of the table. */
public final class Servers {
    private static final String ROOM = "?room={room}";

    private final Path root;
    private final String war;
    private final String postgres;

    /**
     * The servers of a checkout.
     *
     * @param root the project's folder
     * @param war Veche's WAR
     * @param postgres a JDBC URL, or empty: then the row that needs it is left out
     */
    public Servers(Path root, Path war, String postgres) {
        this.root = root;
        this.war = war.toString();
        this.postgres = postgres;
    }

    /** The servers, the base first: its maximum sets the rate at which all are asked for their latency. */
    public List<Server> all() {
        List<Server> all =
                new ArrayList<>(List.of(ws(), payara("payara", "Veche, Payara", "", List.of(Trait.DURABLE))));
        all.add(tomcat());
        all.add(wildfly());
        if (!postgres.isEmpty()) {
            all.add(payara("postgres", "Veche, Payara, PostgreSQL", postgres, List.of(Trait.DURABLE, Trait.BRIEF)));
        }
        all.addAll(List.of(socketIo(), spring(), limit("together", "raw writes, together", List.of())));
        all.add(limit("each", "raw writes, each alone", List.of(Trait.BRIEF)));
        return all;
    }

    private Server ws() {
        return node("ws", "Node ws", "plain", "/" + ROOM, List.of(Trait.BASE));
    }

    private Server socketIo() {
        return node(
                "socketio", "Socket.IO", "socketio", "/socket.io/?EIO=4&transport=websocket&room={room}", List.of());
    }

    private Server node(String id, String title, String tongue, String target, List<Trait> traits) {
        Path folder = root.resolve("target/bench/peers/node");
        Path script = folder.resolve(id + ".js");
        return new Server(
                id,
                title,
                tongue,
                target,
                "usr2",
                List.of(script, folder.resolve("node_modules")),
                traits,
                (port, work) ->
                        new ProcessBuilder(command("node", "--expose-gc", script.toString(), Integer.toString(port))));
    }

    private Server spring() {
        Path folder = root.resolve("target/bench/peers/spring");
        Path jar = folder.resolve("broker.jar");
        return new Server(
                "spring", "Spring simple broker", "stomp", "/stomp", "jcmd", List.of(jar), List.of(), (port, work) -> {
                    List<String> command = Java.command(work);
                    command.addAll(List.of(
                            "-cp", jar + ":" + folder.resolve("lib/*"), "broker.Broker", Integer.toString(port)));
                    return new ProcessBuilder(command);
                });
    }

    private Server limit(String id, String title, List<Trait> traits) {
        return new Server(id, title, "plain", "/" + ROOM, "jcmd", List.of(), traits, (port, work) -> {
            List<String> command = Java.command(work);
            command.addAll(List.of("-cp", System.getProperty("java.class.path")));
            command.addAll(List.of("veche.bench.limit.RawWriter", Integer.toString(port), id));
            return new ProcessBuilder(command);
        });
    }

    private Server payara(String id, String title, String database, List<Trait> traits) {
        Path jar = root.resolve("target/servers/payara-micro.jar");
        Payara launcher = new Payara(jar, war, root.resolve("server-config/payara/preboot.txt"), database);
        return veche(id, title, "/chat", jar, traits, launcher);
    }

    private Server tomcat() {
        Path home = root.resolve("target/servers/apache-tomcat-10.1.59");
        return veche("tomcat", "Veche, Tomcat", "/veche/chat", home, brief(), new Tomcat(home, war));
    }

    private Server wildfly() {
        Path home = root.resolve("target/servers/wildfly-39.0.1.Final");
        return veche("wildfly", "Veche, WildFly", "/veche/chat", home, brief(), new WildFly(home, war));
    }

    private static List<Trait> brief() {
        return List.of(Trait.DURABLE, Trait.BRIEF);
    }

    private Server veche(
            String id, String title, String path, Path container, List<Trait> traits, Server.Launcher launcher) {
        return new Server(id, title, "plain", path + ROOM, "jcmd", List.of(container, Path.of(war)), traits, launcher);
    }

    private static List<String> command(String... words) {
        return new ArrayList<>(List.of(words));
    }
}
