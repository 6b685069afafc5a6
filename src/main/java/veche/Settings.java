package veche;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;
import veche.delivery.ConnectionLimits;
import veche.dialect.soap.SoapSettings;
import veche.dialect.wamp.WampSettings;
import veche.identity.TokenSettings;
import veche.identity.TokenSources;
import veche.lab.LabLimits;
import veche.limit.Rate;
import veche.limit.Throughput;
import veche.room.Room;
import veche.socket.ConnectionQuota;
import veche.web.MetricsAccess;
import veche.web.api.ApiSettings;
import veche.webhook.WebhookSettings;

/**
 * All settings. Their MicroProfile Config names are {@code veche.*}, as environment variables {@code VECHE_*}.
 * Durations are written {@code 10s}, {@code 500ms}, {@code 2m}, {@code 24h}, {@code 30d}.
 *
 * @param allowedOrigins {@code veche.allowed-origins}: origins besides the server's own, separated by commas; {@code *}
 *     for any
 * @param hosts {@code veche.hosts}: the host names that handshakes may use, separated by commas; empty for any
 * @param trustedProxies {@code veche.trusted-proxies}: addresses or CIDR blocks whose {@code X-Forwarded-*} header
 *     fields are trusted
 * @param deflate {@code veche.deflate}: whether permessage-deflate is negotiated
 * @param plainMaxCharacters {@code veche.plain.max-characters}: the maximum length of a plain text in code points; a
 *     longer one is truncated
 * @param limits {@code veche.max-text-bytes}, {@code veche.max-binary-bytes}, {@code veche.socket.max-pending-bytes},
 *     {@code veche.socket.max-node-pending-bytes}, {@code veche.socket.max-stall}, {@code veche.socket.run-bytes},
 *     {@code veche.ping.interval}, {@code veche.ping.timeout}
 * @param workers {@code veche.carriers}: the number of delivery workers; 0 for one per core
 * @param recent {@code veche.room.recent-messages} (a power of two), {@code veche.room.recent-bytes}: the messages that
 *     each room keeps in memory for live subscribers; {@code veche.room.recent-node-bytes}: the limit for all rooms
 * @param shutdownSpread {@code veche.shutdown.spread}: the period over which a stop spreads the closing of connections
 * @param longPoll {@code veche.stream.long-poll}: how long a client of a stream waits for messages
 * @param presenceGrace {@code veche.presence.grace}: how long members remain whose connection is interrupted
 * @param wamp {@code veche.wamp.realm}, {@code veche.wamp.strict-uris}, {@code veche.wamp.strict-ids},
 *     {@code veche.wamp.hello-timeout}, {@code veche.wamp.goodbye-timeout}, {@code veche.wamp.administrators},
 *     {@code veche.wamp.guests}, {@code veche.wamp.max-subscriptions}, {@code veche.wamp.max-registrations},
 *     {@code veche.wamp.max-patterns}, {@code veche.wamp.max-joined-rooms}, {@code veche.wamp.max-pending-calls},
 *     {@code veche.wamp.max-unauthorized-requests}, {@code veche.wamp.authorizer},
 *     {@code veche.wamp.authorizer.timeout}, {@code veche.wamp.authorizer.ttl},
 *     {@code veche.wamp.max-depth}, {@code veche.wamp.max-elements}, {@code veche.wamp.max-retained-user-bytes},
 *     {@code veche.wamp.max-retained-bytes}, {@code veche.wamp.retained-expiry}, {@code veche.search.max-scanned},
 *     {@code veche.search.max-running}
 * @param soap {@code veche.soap.max-depth}, {@code veche.soap.max-elements}, {@code veche.soap.max-attributes},
 *     {@code veche.soap.max-text}, {@code veche.soap.max-rooms}, {@code veche.soap.max-listed},
 *     {@code veche.soap.max-pending}, {@code veche.soap.token-timeout}
 * @param credentials {@code veche.wamp.credentials}, {@code veche.wamp.credentials.refresh},
 *     {@code veche.wamp.authenticator}, {@code veche.wamp.methods}; see {@link CredentialSettings}
 * @param connections {@code veche.limit.handshakes-per-address}, {@code veche.limit.connections-per-address},
 *     {@code veche.limit.connections-per-user}; see {@link ConnectionQuota.Limits}
 * @param failedLogins {@code veche.limit.failed-logins-per-address}: the maximum rate of failed logins of an address;
 *     empty for any
 * @param metrics {@code veche.metrics.open}, {@code veche.metrics.token}; see {@link MetricsAccess}
 * @param api {@code veche.api.max-body-bytes}, {@code veche.api.timeout}; see
 *     {@link ApiSettings}
 * @param lab {@code veche.lab} and {@code veche.lab.*}; see {@link LabLimits}
 * @param adminMaxListed {@code veche.admin.max-listed}: the maximum number of connections that the administration
 *     page lists
 * @param log {@code veche.log} and {@code veche.log.*}, {@code veche.data}; see {@link LogSettings}
 * @param tokens {@code veche.token.secret}, {@code veche.token.jwks}, {@code veche.token.issuer},
 *     {@code veche.token.audience}, {@code veche.token.clock-skew}, {@code veche.token.jwks-refresh},
 *     {@code veche.token.name-claim}, {@code veche.token.roles-claim}
 * @param tokenSources {@code veche.token.cookie}, {@code veche.token.parameter}; see {@link TokenSources}
 * @param moderation {@code veche.guests}, {@code veche.guests.*}, {@code veche.moderator-roles},
 *     {@code veche.moderation.*} and {@code veche.read.*}; see {@link ModerationSettings}
 * @param input {@code veche.limit.input-messages-per-connection}, {@code veche.limit.input-bytes-per-connection}; see
 *     {@link Throughput.Limits}
 * @param users {@code veche.limit.messages-per-user}, {@code veche.limit.joins-per-user},
 *     {@code veche.limit.rooms-per-user}, {@code veche.limit.requests-per-user},
 *     {@code veche.limit.attachment-bytes-per-user}, {@code veche.limit.guests-per-address},
 *     {@code veche.limit.attachment-bytes-per-address}; see {@link UserRates}
 * @param exemptRoles {@code veche.limit.exempt-roles}: the roles whose users are exempt from these rates and from
 *     {@code veche.limit.connections-per-user}
 * @param policies {@code veche.rules}, {@code veche.rules.refresh}, {@code veche.authorize.*}; see
 *     {@link PolicySettings}
 * @param webhook {@code veche.webhook.*}; empty without {@code veche.webhook.url}; see {@link WebhookSettings}
 * @param clientBytes {@code veche.limit.max-client-bytes}: the maximum heap that is held on behalf of all clients; see
 *     {@link veche.limit.ClientMemory}
 */
record Settings(
        Set<String> allowedOrigins,
        Set<String> hosts,
        List<String> trustedProxies,
        boolean deflate,
        int plainMaxCharacters,
        ConnectionLimits limits,
        int workers,
        Room.Recent recent,
        Duration shutdownSpread,
        Duration presenceGrace,
        Duration longPoll,
        WampSettings wamp,
        SoapSettings soap,
        CredentialSettings credentials,
        ConnectionQuota.Limits connections,
        Optional<Rate> failedLogins,
        MetricsAccess metrics,
        ApiSettings api,
        LabLimits lab,
        int adminMaxListed,
        LogSettings log,
        TokenSettings tokens,
        TokenSources tokenSources,
        ModerationSettings moderation,
        PolicySettings policies,
        Throughput.Limits input,
        UserRates.Limits users,
        Set<String> exemptRoles,
        Optional<WebhookSettings> webhook,
        long clientBytes) {
    private static final long LARGEST_MESSAGE = 64 << 20;
    private static final int MAX_WORKERS = 1024;

    /** @throws IllegalArgumentException if a setting is invalid; the message names it */
    static Settings from(Config config) {
        ConfigReader source = new ConfigReader(config);
        ConnectionLimits limits = limits(source);
        return new Settings(
                Set.copyOf(source.list("veche.allowed-origins")),
                Set.copyOf(source.list("veche.hosts")),
                source.list("veche.trusted-proxies"),
                source.get("veche.deflate", true, Boolean::parseBoolean),
                source.number("veche.plain.max-characters", 50, 1, Integer.MAX_VALUE),
                limits,
                source.number("veche.carriers", 0, 0, MAX_WORKERS),
                recent(source),
                source.duration("veche.shutdown.spread", Duration.ofSeconds(10)),
                source.duration("veche.presence.grace", Duration.ofSeconds(3)),
                source.duration("veche.stream.long-poll", Duration.ofSeconds(20)),
                DialectSettings.wamp(source),
                DialectSettings.soap(source),
                CredentialSettings.from(source),
                LimitSettings.connections(source),
                LimitSettings.failedLogins(source),
                metrics(source),
                DialectSettings.api(source, limits),
                LabSettings.from(source),
                source.number("veche.admin.max-listed", 500),
                LogSettings.from(source),
                tokens(source),
                tokenSources(source),
                ModerationSettings.from(source),
                PolicySettings.from(source),
                LimitSettings.input(source),
                LimitSettings.users(source, Math.max(limits.maxTextBytes(), limits.maxBinaryBytes())),
                LimitSettings.exemptRoles(source),
                WebhookReader.read(source),
                LimitSettings.clientBytes(source));
    }

    private static MetricsAccess metrics(ConfigReader source) {
        return new MetricsAccess(
                source.get("veche.metrics.open", false, Boolean::parseBoolean),
                source.get("veche.metrics.token", "", token -> new MetricsAccess(false, token).token()));
    }

    private static TokenSettings tokens(ConfigReader source) {
        TokenSettings standard = TokenSettings.NONE;
        return new TokenSettings(
                source.get("veche.token.secret", standard.secret(), Function.identity()),
                source.get("veche.token.jwks", standard.jwks(), Function.identity()),
                source.get("veche.token.issuer", standard.issuer(), Function.identity()),
                source.get("veche.token.audience", standard.audience(), Function.identity()),
                source.duration("veche.token.clock-skew", standard.clockSkew()),
                source.duration("veche.token.jwks-refresh", standard.refresh()),
                new TokenSettings.ClaimNames(
                        source.get("veche.token.name-claim", standard.claims().name(), Function.identity()),
                        source.get("veche.token.roles-claim", standard.claims().roles(), Function.identity())));
    }

    private static TokenSources tokenSources(ConfigReader source) {
        TokenSources standard = TokenSources.DEFAULT;
        return new TokenSources(
                source.get("veche.token.cookie", standard.cookie(), name -> new TokenSources(name, true).cookie()),
                source.get("veche.token.parameter", standard.parameter(), Boolean::parseBoolean));
    }

    private static Room.Recent recent(ConfigReader source) {
        int messages = source.get(
                "veche.room.recent-messages", 4096, text -> new Room.Recent(Integer.parseInt(text), 1).messages());
        int bytes = source.get(
                "veche.room.recent-bytes", 2 << 20, text -> new Room.Recent(messages, Integer.parseInt(text)).bytes());
        long nodeBytes = source.get(
                "veche.room.recent-node-bytes",
                Runtime.getRuntime().maxMemory() / 8,
                text -> new Room.Recent(messages, bytes, Long.parseLong(text)).nodeBytes());
        return new Room.Recent(messages, bytes, nodeBytes);
    }

    private static ConnectionLimits limits(ConfigReader source) {
        ConnectionLimits standard = ConnectionLimits.DEFAULT;
        return new ConnectionLimits(
                source.number("veche.max-text-bytes", standard.maxTextBytes(), 1, maxMessageBytes()),
                source.number("veche.max-binary-bytes", standard.maxBinaryBytes(), 1, maxMessageBytes()),
                source.number("veche.socket.max-pending-bytes", standard.maxPendingBytes(), 1, Integer.MAX_VALUE),
                source.get("veche.socket.max-node-pending-bytes", standard.maxNodePendingBytes(), Long::parseLong),
                source.duration("veche.socket.max-stall", standard.maxStall()),
                source.number("veche.socket.run-bytes", standard.batchBytes(), 1, Integer.MAX_VALUE),
                source.duration("veche.ping.interval", standard.pingInterval()),
                source.duration("veche.ping.timeout", standard.pongTimeout()));
    }

    /** The limit from the heap size: a message is in memory several times while it is read, stored and sent. */
    private static int maxMessageBytes() {
        return (int) Math.min(LARGEST_MESSAGE, Runtime.getRuntime().maxMemory() / 16);
    }

    /** The number of delivery workers. */
    int workersOrCores() {
        return workers > 0 ? workers : Runtime.getRuntime().availableProcessors();
    }
}
