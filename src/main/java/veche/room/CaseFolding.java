package veche.room;

import java.text.Normalizer;
import java.util.Locale;

/**
 * Makes texts comparable whatever their case: full case folding (Unicode 3.13, D144), which the JDK has not as such, by
 * upper and then lower case without regard to context, so that ß is ss and ς is σ; and composed (NFC).
 */
final class CaseFolding {
    private CaseFolding() {}

    static String fold(String text) {
        String upper = Normalizer.normalize(text, Normalizer.Form.NFC).toUpperCase(Locale.ROOT);
        StringBuilder folded = new StringBuilder(upper.length());
        upper.codePoints().map(Character::toLowerCase).forEach(folded::appendCodePoint);
        return Normalizer.normalize(folded, Normalizer.Form.NFC);
    }
}
