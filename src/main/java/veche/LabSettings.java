package veche;

import veche.lab.LabLimits;

/** Reads {@code veche.lab} and {@code veche.lab.*}. */
final class LabSettings {
    private LabSettings() {}

    static LabLimits from(ConfigReader source) {
        LabLimits standard = LabLimits.DEFAULT;
        return new LabLimits(
                source.get("veche.lab", standard.open(), Boolean::parseBoolean),
                source.number("veche.lab.max-connections", standard.maxConnections()),
                source.duration("veche.lab.lifetime", standard.lifetime()),
                source.number("veche.lab.max-message-bytes", standard.maxMessageBytes()),
                source.get("veche.lab.max-bytes", standard.maxBytes(), Long::parseLong),
                source.number("veche.lab.slow-readers", standard.slowReaders()),
                source.number("veche.lab.slow-bytes-per-second", standard.slowBytesPerSecond()),
                source.duration("veche.lab.slow-time", standard.slowTime()));
    }
}
