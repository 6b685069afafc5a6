package veche;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import veche.delivery.ConnectionLimits;
import veche.dialect.soap.SoapSettings;
import veche.dialect.soap.message.XmlLimits;
import veche.dialect.wamp.AuthorizerSettings;
import veche.dialect.wamp.WampSettings;
import veche.dialect.wamp.chat.ChatLimits;
import veche.dialect.wamp.codec.DecodingLimits;
import veche.dialect.wamp.router.RouterLimits;
import veche.dialect.wamp.router.UriAction;
import veche.room.text.Search;
import veche.web.api.ApiSettings;

/** Reads {@code veche.wamp.*}, {@code veche.search.*}, {@code veche.soap.*} and {@code veche.api.*}. */
final class DialectSettings {
    private DialectSettings() {}

    static WampSettings wamp(ConfigReader source) {
        WampSettings standard = WampSettings.DEFAULT;
        RouterLimits limits = standard.limits();
        return new WampSettings(
                source.get("veche.wamp.realm", standard.realm(), Function.identity()),
                source.get("veche.wamp.strict-uris", standard.strictUris(), Boolean::parseBoolean),
                source.get("veche.wamp.strict-ids", standard.strictIds(), Boolean::parseBoolean),
                source.duration("veche.wamp.hello-timeout", standard.helloTimeout()),
                source.duration("veche.wamp.goodbye-timeout", standard.goodbyeTimeout()),
                source.get(
                        "veche.wamp.administrators", standard.administrators(), roles -> Set.of(roles.split(" *, *"))),
                source.get("veche.wamp.guests", standard.guests(), DialectSettings::actions),
                new RouterLimits(
                        source.number("veche.wamp.max-subscriptions", limits.subscriptions()),
                        source.number("veche.wamp.max-registrations", limits.registrations()),
                        source.number("veche.wamp.max-patterns", limits.patterns()),
                        source.number("veche.wamp.max-pending-calls", limits.pending()),
                        limits.waiting(),
                        source.number("veche.wamp.max-unauthorized-requests", limits.unauthorized()),
                        limits.retained(),
                        limits.testaments(),
                        limits.timeoutMillis(),
                        retention(source)),
                chat(source),
                new DecodingLimits(
                        source.number("veche.wamp.max-depth", standard.reading().depth()),
                        standard.reading().digits(),
                        source.number(
                                "veche.wamp.max-elements", standard.reading().elements())),
                authorizer(source));
    }

    private static Optional<AuthorizerSettings> authorizer(ConfigReader source) {
        Optional<String> procedure =
                source.get("veche.wamp.authorizer", Optional.empty(), CredentialSettings::procedure);
        Duration timeout = source.duration("veche.wamp.authorizer.timeout", Duration.ofSeconds(2));
        Duration ttl = source.duration("veche.wamp.authorizer.ttl", Duration.ofMinutes(1));
        return procedure.map(uri -> new AuthorizerSettings(uri, timeout, ttl));
    }

    private static Set<UriAction> actions(String names) {
        return ConfigReader.split(names).stream().map(UriAction::of).collect(Collectors.toUnmodifiableSet());
    }

    private static ChatLimits chat(ConfigReader source) {
        ChatLimits standard = ChatLimits.DEFAULT;
        return new ChatLimits(
                source.number("veche.wamp.max-joined-rooms", standard.maxJoined()),
                standard.maxHistory(),
                new Search.Limits(
                        source.number(
                                "veche.search.max-scanned", standard.search().scanned()),
                        source.number(
                                "veche.search.max-running", standard.search().running())));
    }

    private static RouterLimits.Retention retention(ConfigReader source) {
        RouterLimits.Retention standard = RouterLimits.Retention.DEFAULT;
        return new RouterLimits.Retention(
                source.get("veche.wamp.max-retained-user-bytes", standard.userBytes(), Long::parseLong),
                source.get("veche.wamp.max-retained-bytes", standard.nodeBytes(), Long::parseLong),
                source.duration("veche.wamp.retained-expiry", standard.expiry()));
    }

    static ApiSettings api(ConfigReader source, ConnectionLimits limits) {
        return new ApiSettings(
                source.number("veche.api.max-body-bytes", 2 << 20, 1, Integer.MAX_VALUE),
                source.duration("veche.api.timeout", Duration.ofSeconds(30)),
                limits.maxTextBytes(),
                limits.maxBinaryBytes(),
                ChatLimits.DEFAULT.maxHistory());
    }

    static SoapSettings soap(ConfigReader source) {
        SoapSettings standard = SoapSettings.DEFAULT;
        XmlLimits xml = standard.xml();
        return new SoapSettings(
                new XmlLimits(
                        source.number("veche.soap.max-depth", xml.maxDepth()),
                        source.number("veche.soap.max-elements", xml.maxElements()),
                        source.number("veche.soap.max-attributes", xml.maxAttributes()),
                        source.number("veche.soap.max-text", xml.maxText())),
                source.number("veche.soap.max-rooms", standard.maxRooms()),
                source.number("veche.soap.max-listed", standard.maxListed()),
                source.number("veche.soap.max-pending", standard.maxPending()),
                source.duration("veche.soap.token-timeout", standard.tokenTimeout()));
    }
}
