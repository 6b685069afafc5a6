package veche.cluster.redis;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lettuce.core.KillArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.sentinel.api.StatefulRedisSentinelConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import veche.log.LogLimits;
import veche.log.Logs;
import veche.log.Postgres;
import veche.log.cluster.PostgresqlBackbone;
import veche.log.cluster.SuspendableDatabase;
import veche.log.cluster.Wakeup;
import veche.operation.Certificate;
import veche.room.cluster.Backbone;
import veche.room.cluster.BackboneContract;
import veche.room.cluster.RecordingNode;
import veche.testing.RedisProcess;

/** Parcels by a real Redis, which fails in several ways. */
class RedisBackboneTest extends BackboneContract {
    private static final PostgresqlBackbone.Timing FAST =
            new PostgresqlBackbone.Timing(Duration.ofMillis(50), Duration.ofSeconds(2), Duration.ofMillis(20));
    private static final Duration TIMEOUT = Duration.ofMillis(500);
    /** Of a Redis Cluster. */
    private static final int SLOTS = 16_384;

    private static final Duration INTERVAL = Duration.ofMillis(1);
    private static final Duration PAUSE = Duration.ofSeconds(3);

    private static RedisProcess redis;

    private final List<RedisProcess> servers = new ArrayList<>();

    @BeforeAll
    static void start() {
        Logs.postgresql(Postgres.url(), "postgres", "", LogLimits.DEFAULT).close();
        redis = RedisProcess.server();
    }

    @AfterAll
    static void end() {
        redis.close();
    }

    @AfterEach
    void stopServers() {
        super.close();
        servers.forEach(RedisProcess::close);
    }

    private RedisProcess server(String... options) {
        return use(RedisProcess.server(options));
    }

    private RedisProcess use(RedisProcess server) {
        servers.add(server);
        return server;
    }

    private static RedisAccess access(String uri) {
        return new RedisAccess(uri, Optional.empty(), TIMEOUT, Duration.ofSeconds(2));
    }

    private static String uri(RedisProcess server) {
        return "redis://127.0.0.1:" + server.port();
    }

    @Override
    protected Backbone create(String name, AtomicBoolean suspended, ThreadFactory factory) {
        return create(name, suspended, factory, access(uri(redis)));
    }

    private static Backbone create(String name, AtomicBoolean suspended, ThreadFactory factory, RedisAccess access) {
        return new PostgresqlBackbone(
                SuspendableDatabase.of(suspended), Wakeup.NONE, new RedisRelay(access, factory), FAST, factory, name);
    }

    private Backbone join(String name, RecordingNode node, RedisAccess access) {
        return join(create(name, new AtomicBoolean(), this::thread, access), node);
    }

    @Override
    protected void awaitRoute(Backbone backbone) {
        awaitRelayed(backbone, 1);
    }

    private static void awaitRelayed(Backbone backbone, int nodes) {
        await().until(() -> backbone.status().relayed() == nodes);
    }

    @FunctionalInterface
    private interface Fault {
        void happen() throws Exception;
    }

    /** Two nodes exchange numbers before, during and after a fault of Redis; all arrive once, in their order. */
    private void assertNothingIsLost(RedisAccess access, Fault fault, Fault repair) throws Exception {
        assertNothingIsLost(access, fault, sender -> !sender.status().available(), repair);
    }

    /** @param noticed whether the sender has noticed the fault, or need not */
    private void assertNothingIsLost(RedisAccess access, Fault fault, Predicate<Backbone> noticed, Fault repair)
            throws Exception {
        RecordingNode second = new RecordingNode();
        Backbone sender = join("first", new RecordingNode(), access);
        join("second", second, access);
        awaitRelayed(sender, 1);
        AtomicInteger sent = new AtomicInteger();
        AtomicBoolean ended = new AtomicBoolean();
        Thread traffic = new Thread(() -> {
            while (!ended.get()) {
                String text = Integer.toString(sent.getAndIncrement());
                sender.broadcast(() -> bytes(text));
                LockSupport.parkNanos(INTERVAL.toNanos());
            }
        });
        traffic.setDaemon(true);
        traffic.start();
        awaitTraffic(sent, second);
        fault.happen();
        await().until(() -> noticed.test(sender));
        awaitTraffic(sent, second);
        repair.happen();
        awaitRelayed(sender, 1);
        awaitTraffic(sent, second);
        ended.set(true);
        traffic.join();
        await().until(() -> second.parcels().size() >= sent.get());
        assertEquals(texts(sent.get()), second.texts());
        assertEquals(0, sender.status().losses());
    }

    private static void awaitTraffic(AtomicInteger sent, RecordingNode receiver) {
        int now = sent.get();
        await().until(() -> receiver.parcels().size() > now + 100);
    }

    @Test
    void nothingIsLostWhenRedisIsKilledAndStartsAgain() throws Exception {
        RedisProcess server = server();
        assertNothingIsLost(access(uri(server)), server::kill, server::start);
    }

    @Test
    void nothingIsLostWhenRedisIsSuspended() throws Exception {
        RedisProcess server = server();
        assertNothingIsLost(access(uri(server)), server::suspend, () -> {
            await().pollDelay(PAUSE).until(() -> true);
            server.resume();
        });
    }

    @Test
    void nothingIsLostWhenRedisEndsTheSubscriptions() throws Exception {
        assertNothingIsLost(
                access(uri(redis)),
                () -> {
                    RedisClient client = RedisClient.create(uri(redis));
                    try (StatefulRedisConnection<String, String> connection = client.connect()) {
                        connection.sync().clientKill(KillArgs.Builder.typePubsub());
                    } finally {
                        client.shutdown();
                    }
                },
                // It subscribes again at once, which no status shows.
                sender -> true,
                () -> {});
    }

    @Test
    void aNodeWithoutRedisExchangesParcelsByMail() {
        RecordingNode first = new RecordingNode();
        RecordingNode second = new RecordingNode();
        Backbone with = join("with", first);
        RedisProcess other = server();
        other.kill();
        Backbone without = join("without", second, access(uri(other)));
        await().until(() -> with.others().size() == 1 && without.others().size() == 1);
        await().until(() -> with.status().available());
        with.broadcast(() -> bytes("there"));
        without.broadcast(() -> bytes("back"));
        await().until(() -> second.texts().equals(List.of("there")));
        await().until(() -> first.texts().equals(List.of("back")));
        assertEquals(0, with.status().relayed() + without.status().relayed());
    }

    private void assertRelayed(RedisAccess access) {
        RecordingNode second = new RecordingNode();
        Backbone sender = join("first", new RecordingNode(), access);
        join("second", second, access);
        awaitRelayed(sender, 1);
        sender.broadcast(() -> bytes("relayed"));
        await().until(() -> second.texts().equals(List.of("relayed")));
    }

    @Test
    void aUserMayBeRestrictedToTheChannelsOfTheNodes() {
        RedisProcess server = server(
                "--user",
                "default",
                "off",
                "--user",
                "veche",
                "on",
                ">secret",
                "resetchannels",
                "&veche:*",
                "-@all",
                "+hello",
                "+ping",
                "+subscribe",
                "+unsubscribe",
                "+publish");
        assertRelayed(access("redis://veche:secret@127.0.0.1:" + server.port()));
    }

    @Test
    void aWrongPasswordMakesParcelsPassThroughTheDatabase() {
        RedisProcess server = server("--requirepass", "secret");
        RecordingNode second = new RecordingNode();
        RedisAccess access = access("redis://:wrong@127.0.0.1:" + server.port());
        Backbone sender = join("first", new RecordingNode(), access);
        join("second", second, access);
        await().until(() -> sender.others().size() == 1);
        sender.broadcast(() -> bytes("mailed"));
        await().until(() -> second.texts().equals(List.of("mailed")));
        assertFalse(sender.status().available());
    }

    @Test
    void theCertificateIsThatOfATrustedAuthority(@TempDir Path directory) throws Exception {
        Path pem = directory.resolve("redis.pem");
        Certificate.make(directory.resolve("redis.p12")).pem(pem);
        RedisProcess server = use(RedisProcess.tls(pem));
        String uri = "rediss://127.0.0.1:" + server.port();
        assertRelayed(new RedisAccess(uri, Optional.of(pem), TIMEOUT, Duration.ofSeconds(2)));
        super.close();
        RecordingNode untrusting = new RecordingNode();
        Backbone backbone = join("untrusting", untrusting, access(uri));
        join("other", new RecordingNode(), access(uri));
        await().until(() -> backbone.others().size() == 1);
        assertFalse(backbone.status().available());
    }

    @Test
    void nothingIsLostWhenSentinelPromotesAReplica() throws Exception {
        RedisProcess master = server();
        RedisProcess replica = server("--replicaof", "127.0.0.1", Integer.toString(master.port()));
        RedisClient client = RedisClient.create();
        try (StatefulRedisConnection<String, String> connection = client.connect(RedisURI.create(uri(replica)))) {
            await().until(() -> connection.sync().info("replication").contains("master_link_status:up"));
        }
        RedisProcess sentinel = use(RedisProcess.sentinel("rooms", master.port()));
        RedisURI uri = RedisURI.create("redis-sentinel://127.0.0.1:" + sentinel.port() + "#rooms");
        try (StatefulRedisSentinelConnection<String, String> connection = client.connectSentinel(uri)) {
            await().until(() -> connection.sync().replicas("rooms").size() == 1);
        } finally {
            client.shutdown();
        }
        assertNothingIsLost(access(uri.toURI().toString()), master::kill, () -> {});
    }

    @Test
    void aRedisClusterCarriesParcels() {
        List<RedisProcess> nodes = Stream.generate(() -> server("--cluster-enabled", "yes"))
                .limit(3)
                .toList();
        RedisClient client = RedisClient.create();
        for (int i = 0; i < nodes.size(); i++) {
            try (StatefulRedisConnection<String, String> connection =
                    client.connect(RedisURI.create(uri(nodes.get(i))))) {
                connection.sync().clusterMeet("127.0.0.1", nodes.get(0).port());
                int[] slots = IntStream.range(i * SLOTS / nodes.size(), (i + 1) * SLOTS / nodes.size())
                        .toArray();
                connection.sync().clusterAddSlots(slots);
            }
        }
        for (RedisProcess node : nodes) {
            try (StatefulRedisConnection<String, String> connection = client.connect(RedisURI.create(uri(node)))) {
                await().until(() -> connection.sync().clusterInfo().contains("cluster_state:ok"));
            }
        }
        client.shutdown();
        assertRelayed(access(nodes.stream()
                .map(node -> "127.0.0.1:" + node.port())
                .collect(Collectors.joining(",", "redis-cluster://", ""))));
    }

    @Test
    void anInvalidUriIsReportedWithoutItsPassword() {
        RedisAccess access = access("redos://veche:secret@127.0.0.1:6379?timeout=1s");
        IllegalArgumentException failure =
                assertThrows(IllegalArgumentException.class, () -> new RedisRelay(access, this::thread).close());
        assertFalse(failure.getMessage().contains("secret"), failure.getMessage());
        assertEquals("redos://127.0.0.1:6379", access.toString());
    }
}
