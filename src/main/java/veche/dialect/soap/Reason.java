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
record Reason(String key, List<Object> arguments) {
    /** The languages of the bundle. */
    static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.forLanguageTag("ru"));

    private static final String BUNDLE = Reason.class.getPackageName() + ".Reasons";

    Reason {
        arguments = List.copyOf(arguments);
    }

    static Reason of(String key, Object... arguments) {
        return new Reason(key, List.of(arguments));
    }

    String in(Locale language) {
        ResourceBundle sentences = ResourceBundle.getBundle(
                BUNDLE,
                language,
                Reason.class.getClassLoader(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        return new MessageFormat(sentences.getString(key), language).format(arguments.toArray());
    }
}
