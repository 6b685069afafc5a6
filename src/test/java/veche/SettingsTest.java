package veche;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.config.spi.Converter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import veche.delivery.ConnectionLimits;
import veche.room.Room;

class SettingsTest {
    /** What a server's configuration is, with these values in it. */
    private record Values(Map<String, String> values) implements Config {
        @Override
        public <T> Optional<T> getOptionalValue(String name, Class<T> type) {
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
            throw new IllegalArgumentException("There is nothing inside");
        }
    }

    private static Settings with(String name, String value) {
        return Settings.from(new Values(Map.of(name, value)));
    }

    @Test
    void withoutAnySettingTheDefaultsHold() {
        Settings settings = Settings.from(new Values(Map.of()));
        assertEquals(Set.of(), settings.allowedOrigins());
        assertEquals(List.of(), settings.trustedProxies());
        assertEquals(50, settings.plainMaxCharacters());
        assertEquals(ConnectionLimits.DEFAULT, settings.limits());
        assertEquals(Duration.ofSeconds(10), settings.shutdownSpread());
        assertEquals(new Room.Recent(4096, 2 << 20, Runtime.getRuntime().maxMemory() / 8), settings.recent());
        assertTrue(settings.workersOrCores() >= 1);
    }

    @Test
    void whatRoomsKeepInMemoryIsSetApart() {
        Map<String, String> values = Map.of(
                "veche.room.recent-messages", "64",
                "veche.room.recent-bytes", "1000",
                "veche.room.recent-node-bytes", "5000");
        assertEquals(
                new Room.Recent(64, 1000, 5000),
                Settings.from(new Values(values)).recent());
    }

    @ParameterizedTest
    @CsvSource({"250ms, PT0.25S", "10s, PT10S", "2m, PT2M", "24h, PT24H", "30d, PT720H", "' 5 S ', PT5S"})
    void durationsHaveAUnit(String written, Duration meant) {
        assertEquals(meant, with("veche.ping.interval", written).limits().pingInterval());
    }

    @Test
    void listsAreWrittenWithCommas() {
        assertEquals(
                Set.of("https://a.example", "null"),
                with("veche.allowed-origins", " https://a.example ,, null ").allowedOrigins());
        assertEquals(
                List.of("10.0.0.0/8", "::1"),
                with("veche.trusted-proxies", "10.0.0.0/8,::1").trustedProxies());
    }

    @Test
    void anEmptyValueIsNone() {
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
        "veche.carriers, 99999999999"
    })
    void whatCannotBeReadIsNamed(String name, String value) {
        IllegalArgumentException failure = assertThrows(IllegalArgumentException.class, () -> with(name, value));
        assertTrue(failure.getMessage().contains(name), failure.getMessage());
    }
}
