package veche.browser;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** WAV files. */
final class Sounds {
    private static final int HERTZ = 8_000;

    private Sounds() {}

    /** One second of a bell: 8,000 samples of eight bits. */
    static byte[] second() {
        var file = ByteBuffer.allocate(44 + HERTZ).order(ByteOrder.LITTLE_ENDIAN);
        file.put("RIFF".getBytes()).putInt(36 + HERTZ).put("WAVE".getBytes());
        file.put("fmt ".getBytes()).putInt(16).putShort((short) 1).putShort((short) 1);
        file.putInt(HERTZ).putInt(HERTZ).putShort((short) 1).putShort((short) 8);
        file.put("data".getBytes()).putInt(HERTZ);
        for (int sample = 0; sample < HERTZ; sample++) {
            file.put((byte) (128 + 100 * Math.exp(-4.0 * sample / HERTZ) * Math.sin(sample * 0.46)));
        }
        return file.array();
    }
}
