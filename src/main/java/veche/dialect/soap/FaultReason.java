package veche.dialect.soap;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;

/**
 * A fault's reason, said in each of our languages.
 *
 * @param key of the bundle {@code Reasons}
 * @param arguments what the sentence names
 */
record FaultReason(String key, List<Object> arguments) {
    /** The languages of the bundle. */
    static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.forLanguageTag("ru"));

    private static final String BUNDLE = FaultReason.class.getPackageName() + ".Reasons";

    FaultReason {
        arguments = List.copyOf(arguments);
    }

    static FaultReason of(String key, Object... arguments) {
        return new FaultReason(key, List.of(arguments));
    }

    String in(Locale language) {
        ResourceBundle sentences = ResourceBundle.getBundle(
                BUNDLE,
                language,
                FaultReason.class.getClassLoader(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        return new MessageFormat(sentences.getString(key), language).format(arguments.toArray());
    }
}
