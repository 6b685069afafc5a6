package veche.bench.server;

import java.nio.file.Path;
import java.util.List;
import veche.bench.server.Server.Trait;

/** Veche's WAR on the servers, with the databases and protocols that are measured. */
record Deployments(Path root, Path war) {
    private static final List<Trait> WHOLE = List.of(Trait.DURABLE);
    private static final List<Trait> ROUTER = List.of(Trait.DURABLE, Trait.WAMP);
    private static final List<Trait> BRIEF_ROUTER = List.of(Trait.DURABLE, Trait.WAMP, Trait.BRIEF);
    private static final List<Trait> BRIEF = List.of(Trait.DURABLE, Trait.BRIEF);
    private static final String AT_ROOT = "/chat?room={room}";
    private static final String AT_VECHE = "/veche/chat?room={room}";

    Server payara() {
        return server("payara", "Veche, Payara", "plain", AT_ROOT, micro(), WHOLE, payara(""));
    }

    Server postgres(String url) {
        return server("postgres", "Veche, Payara, PostgreSQL", "plain", AT_ROOT, micro(), BRIEF, payara(url));
    }

    Server wamp() {
        return router("wamp", "Veche, JSON", "wamp", ROUTER);
    }

    Server wampBatched() {
        return router("wamp-batched", "Veche, JSON batched", "wamp_batched", BRIEF_ROUTER);
    }

    Server wampMsgpack() {
        return router("wamp-msgpack", "Veche, MessagePack", "wamp_msgpack", BRIEF_ROUTER);
    }

    private Server router(String id, String title, String protocol, List<Trait> traits) {
        return server(id, title, protocol, AT_ROOT, micro(), traits, payara(""));
    }

    Server tomcat() {
        Path home = servers().resolve("apache-tomcat-10.1.59");
        return server("tomcat", "Veche, Tomcat", "plain", AT_VECHE, home, BRIEF, new Tomcat(home, war));
    }

    Server wildfly() {
        Path home = servers().resolve("wildfly-39.0.1.Final");
        return server("wildfly", "Veche, WildFly", "plain", AT_VECHE, home, BRIEF, new WildFly(home, war));
    }

    private Payara payara(String database) {
        return new Payara(micro(), war, root.resolve("server-config/payara/preboot.txt"), database);
    }

    private Path micro() {
        return servers().resolve("payara-micro.jar");
    }

    private Path servers() {
        return root.resolve("target/servers");
    }

    private Server server(
            String id,
            String title,
            String protocol,
            String target,
            Path home,
            List<Trait> traits,
            Server.Launcher how) {
        return new Server(id, title, protocol, target, "jcmd", List.of(home, war), traits, how);
    }
}
