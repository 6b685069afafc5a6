package veche;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.config.spi.Converter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import veche.delivery.ConnectionLimits;
import veche.dialect.wamp.router.UriAction;
import veche.limit.Rate;
import veche.log.LogLimits.Retention.RoomAge;
import veche.room.Permissions;
import veche.room.Room;

class SettingsTest {
    /** A configuration with these values that records the names it is queried for. */
    private record StubConfig(Map<String, String> values, Set<String> requested) implements Config {
        StubConfig(Map<String, String> values) {
            this(values, new TreeSet<>());
        }

        @Override
        public <T> Optional<T> getOptionalValue(String name, Class<T> type) {
            requested.add(name);
            return Optional.ofNullable(values.get(name)).map(type::cast);
        }

        @Override
        public <T> T getValue(String name, Class<T> type) {
            return getOptionalValue(name, type).orElseThrow();
        }

        @Override
        public ConfigValue getConfigValue(String name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Iterable<String> getPropertyNames() {
            return values.keySet();
        }

        @Override
        public Iterable<ConfigSource> getConfigSources() {
            return List.of();
        }

        @Override
        public <T> Optional<Converter<T>> getConverter(Class<T> type) {
            return Optional.empty();
        }

        @Override
        public <T> T unwrap(Class<T> type) {
            throw new IllegalArgumentException("Not a wrapper");
        }
    }

    private static Settings with(String name, String value) {
        return Settings.from(new StubConfig(Map.of(name, value)));
    }

    @Test
    void theDefaultsApplyWithoutConfiguration() {
        Settings settings = Settings.from(new StubConfig(Map.of()));
        assertEquals(Set.of(), settings.allowedOrigins());
        assertEquals(List.of(), settings.trustedProxies());
        assertEquals(50, settings.plainMaxCharacters());
        assertEquals(ConnectionLimits.DEFAULT, settings.limits());
        assertEquals(Duration.ofSeconds(10), settings.shutdownSpread());
        assertEquals(new Room.Recent(4096, 2 << 20, Runtime.getRuntime().maxMemory() / 8), settings.recent());
        assertTrue(settings.workersOrCores() >= 1);
    }

    @Test
    void theRoomCacheHasItsOwnSettings() {
        Map<String, String> values = Map.of(
                "veche.room.recent-messages", "64",
                "veche.room.recent-bytes", "1000",
                "veche.room.recent-node-bytes", "5000");
        assertEquals(
                new Room.Recent(64, 1000, 5000),
                Settings.from(new StubConfig(values)).recent());
    }

    @ParameterizedTest
    @CsvSource({"250ms, PT0.25S", "10s, PT10S", "2m, PT2M", "24h, PT24H", "30d, PT720H", "' 5 S ', PT5S"})
    void durationsHaveAUnit(String configured, Duration expected) {
        assertEquals(expected, with("veche.ping.interval", configured).limits().pingInterval());
    }

    @Test
    void listsAreCommaSeparated() {
        assertEquals(
                Set.of("https://a.example", "null"),
                with("veche.allowed-origins", " https://a.example ,, null ").allowedOrigins());
        assertEquals(
                List.of("10.0.0.0/8", "::1"),
                with("veche.trusted-proxies", "10.0.0.0/8,::1").trustedProxies());
    }

    @Test
    void whatGuestsMayDoIsConfigurable() {
        assertEquals(
                Permissions.Guests.READ,
                with("veche.guests", "read").moderation().permissions().guests());
        assertEquals(
                Set.of(UriAction.CALL, UriAction.META),
                with("veche.wamp.guests", "call, meta").wamp().guests());
    }

    @Test
    void roomsHaveTheirOwnRetention() {
        assertEquals(
                List.of(new RoomAge("class-*", Duration.ofDays(90)), new RoomAge("*", Duration.ZERO)),
                with("veche.retention", "class-*=90d, *=0")
                        .log()
                        .limits()
                        .retention()
                        .ages());
        for (String invalid : List.of("class", "class=", "Class=1d", "*=forever")) {
            assertThrows(IllegalArgumentException.class, () -> with("veche.retention", invalid), invalid);
        }
    }

    @Test
    void aRateMayBeOff() {
        String name = "veche.limit.handshakes-per-address";
        assertEquals(
                Optional.of(Rate.of("5/m burst 9")),
                with(name, "5/m burst 9").connections().handshakesPerAddress());
        assertEquals(Optional.empty(), with(name, "off").connections().handshakesPerAddress());
    }

    @Test
    void anEmptyValueMeansTheDefault() {
        assertEquals(50, with("veche.plain.max-characters", " ").plainMaxCharacters());
    }

    @ParameterizedTest
    @CsvSource({
        "veche.plain.max-characters, many",
        "veche.max-text-bytes, 64k",
        "veche.ping.interval, 25",
        "veche.ping.timeout, -1s",
        "veche.shutdown.spread, soon",
        "veche.room.recent-messages, 1000",
        "veche.room.recent-bytes, 0",
        "veche.room.recent-node-bytes, 0",
        "veche.metrics.token, short",
        "veche.carriers, -1",
        "veche.plain.max-characters, 0",
        "veche.max-text-bytes, 0",
        "veche.max-text-bytes, 67108865",
        "veche.max-binary-bytes, 2147483647",
        "veche.max-binary-bytes, -1",
        "veche.socket.max-pending-bytes, 0",
        "veche.socket.run-bytes, 0",
        "veche.carriers, 99999999999",
        "veche.guests, some",
        "veche.wamp.guests, 'call, fly'",
        "veche.limit.handshakes-per-address, 20",
        "veche.limit.connections-per-address, -1",
        "veche.limit.connections-per-user, many",
        "veche.limit.failed-logins-per-address, 20",
        "veche.log.max-disk-bytes, -1",
        "veche.log.min-free-bytes, much",
        "veche.limit.max-client-bytes, 0",
        "veche.limit.attachment-bytes-per-user, 1048575/d",
        "veche.limit.attachment-bytes-per-address, 1048575/s",
        "veche.limit.guests-per-address, -1",
        "veche.wamp.credentials.refresh, soon",
        "veche.wamp.authenticator, wamp.login",
        "veche.wamp.authenticator, 'com..login'",
        "veche.guests.names, bold",
        "veche.cluster.redis.timeout, 0s",
        "veche.token.cookie, 'a;b'"
    })
    void anInvalidValueIsReportedWithItsSettingName(String name, String value) {
        IllegalArgumentException failure = assertThrows(IllegalArgumentException.class, () -> with(name, value));
        assertTrue(failure.getMessage().contains(name), failure.getMessage());
    }

    /** A setting in the table of {@code src/docs/settings.md}; its default is a literal, or a description. */
    private record Documented(String name, String defaultValue) {
        private static final Pattern CODE = Pattern.compile("`([^`]+)`");
        private static final Pattern LITERAL = Pattern.compile("\\d+|`[^`]+`");

        static List<Documented> all() throws IOException {
            List<Documented> all = new ArrayList<>();
            for (String line : Files.readAllLines(Path.of("src/docs/settings.md"))) {
                if (line.startsWith("| `veche.")) {
                    String[] cells = line.split("\\|");
                    List<String> names = CODE.matcher(cells[1])
                            .results()
                            .map((MatchResult match) -> match.group(1))
                            .toList();
                    String[] defaults = names.size() == 1 ? new String[] {cells[2]} : cells[2].split(", ");
                    for (int i = 0; i < names.size(); i++) {
                        all.add(new Documented(names.get(i), defaults[Math.min(i, defaults.length - 1)].strip()));
                    }
                }
            }
            return all;
        }

        boolean hasLiteral() {
            return LITERAL.matcher(defaultValue).matches();
        }

        String literal() {
            return defaultValue.replace("`", "");
        }
    }

    @Test
    void theTableListsExactlyTheSettingsThatAreRead() throws IOException {
        StubConfig values = new StubConfig(Map.of());
        Settings.from(values);
        List<String> documented =
                Documented.all().stream().map(Documented::name).sorted().toList();
        assertEquals(List.copyOf(values.requested()), documented);
    }

    @Test
    void theTableShowsTheDefaults() throws IOException {
        Settings defaults = Settings.from(new StubConfig(Map.of()));
        List<Documented> literals =
                Documented.all().stream().filter(Documented::hasLiteral).toList();
        assertTrue(literals.size() > 50, literals::toString);
        for (Documented setting : literals) {
            assertEquals(defaults, with(setting.name(), setting.literal()), setting::toString);
        }
    }
}
