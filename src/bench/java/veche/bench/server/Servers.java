package veche.bench.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** All servers in the order of the tables. */
public final class Servers {
    private Servers() {}

    /**
     * The servers of a checkout. The base of each table is first, since its throughput determines the rate of that
     * table's latency measures.
     *
     * @param root the directory of the project
     * @param war Veche's WAR
     * @param postgres a JDBC URL; if empty, the server with PostgreSQL is omitted
     */
    public static List<Server> of(Path root, Path war, String postgres) {
        Peers peers = new Peers(root.resolve("target/bench/peers"));
        Deployments veche = new Deployments(root, war);
        List<Server> all = new ArrayList<>(List.of(peers.ws(), veche.payara(), veche.tomcat(), veche.wildfly()));
        if (!postgres.isEmpty()) {
            all.add(veche.postgres(postgres));
        }
        all.addAll(List.of(peers.socketIo(), peers.spring(), Peers.together(), Peers.each()));
        all.addAll(List.of(peers.jawampa(), peers.jawampaMsgpack()));
        all.addAll(List.of(veche.wamp(), veche.wampBatched(), veche.wampMsgpack()));
        return all;
    }
}
