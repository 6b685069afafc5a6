package veche.dialect.soap.message;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;

/**
 * The reason text of a fault, available in each supported language.
 *
 * @param key the key in the resource bundle {@code Reasons}
 * @param arguments the arguments of the message format
 */
record FaultText(String key, List<Object> arguments) {
    /** The languages in which the bundle exists. */
    static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.forLanguageTag("ru"));

    private static final String BUNDLE = "veche.dialect.soap.Reasons";

    FaultText {
        arguments = List.copyOf(arguments);
    }

    static FaultText of(String key, Object... arguments) {
        return new FaultText(key, List.of(arguments));
    }

    String in(Locale language) {
        ResourceBundle messages = ResourceBundle.getBundle(
                BUNDLE,
                language,
                FaultText.class.getClassLoader(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        return new MessageFormat(messages.getString(key), language).format(arguments.toArray());
    }
}
