package veche.room.text;

import java.text.Normalizer;
import java.util.Locale;

/**
 * Folds texts for caseless matching (Unicode §3.13, D144). The JDK offers no full case folding, so texts are mapped to
 * upper case and then, without context, to lower case: ß becomes ss and ς becomes σ. Results are in NFC.
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
