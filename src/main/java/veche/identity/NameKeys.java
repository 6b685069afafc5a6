package veche.identity;

import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.SpoofChecker;
import java.util.Set;

/**
 * Keys by which names that readers confuse are equal: skeletons (UTS #39 §4) of the name, without its case and spaces.
 * The shapes of upper case letters are compared too, since {@code I} resembles {@code l}, but {@code i} does not.
 */
final class NameKeys {
    private static final SpoofChecker CHECKER = new SpoofChecker.Builder().build();
    private static final Normalizer2 CASE_FOLDING = Normalizer2.getNFKCCasefoldInstance();

    private NameKeys() {}

    /** Returns one or two keys. Names are confusable if they have one in common. */
    static Set<String> of(String name) {
        String byLetter = skeleton(name);
        String byShape = skeleton(CHECKER.getSkeleton(name));
        return byLetter.equals(byShape) ? Set.of(byLetter) : Set.of(byLetter, byShape);
    }

    private static String skeleton(String name) {
        return CHECKER.getSkeleton(CASE_FOLDING.normalize(name)).replaceAll("\\s", "");
    }
}
