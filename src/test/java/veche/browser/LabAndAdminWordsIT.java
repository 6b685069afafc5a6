package veche.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The words of the pages that bring their own. */
class LabAndAdminWordsIT extends ModuleBench {
    private static final String OWN_WORDS = """
            const own = async language => (await import(`/context/js/${argument}/words/${language}.js`)).default;
            const en = await own('en');
            const ru = await own('ru');
            """;

    @ParameterizedTest
    @ValueSource(strings = {"lab", "admin"})
    void bothLanguagesSayTheSameThingsWithTheSameFillings(String page) {
        var differences = evaluate(OWN_WORDS + """
                const texts = entry => typeof entry === 'string' ? [entry] : Object.values(entry);
                const names = entry => [...new Set(texts(entry).join().match(/\\{\\w+\\}/g) ?? [])].sort().join();
                const keys = [...new Set([...Object.keys(en), ...Object.keys(ru)])];
                if (keys.length < 30) return ['too few found: ' + keys.length];
                return keys.filter(key => !en[key] || !ru[key] || names(en[key]) !== names(ru[key]));
                """, page);
        assertEquals(List.of(), differences);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lab", "admin"})
    void everyPluralHasAllFormsOfItsLanguage(String page) {
        var incomplete = evaluate(OWN_WORDS + """
                return Object.entries({ en, ru }).flatMap(([language, words]) => {
                  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
                  const plurals = Object.entries(words).filter(([, entry]) => typeof entry !== 'string');
                  return plurals.filter(([, entry]) => !forms.every(form => entry[form])).map(([key]) => language + key);
                });
                """, page);
        assertEquals(List.of(), incomplete);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lab", "admin"})
    void everyWordThatThePageAsksForExists(String page) {
        var missing = evaluate("""
                await import(`/context/js/${argument}/words.js`);
                const { dictionaries } = await import('/context/js/i18n.js');
                const html = await (await fetch(`/context/${argument}.html`)).text();
                const asked = [...html.matchAll(/data-words(?:-label|-placeholder)?="([^"]+)"/g)].map(found => found[1]);
                return asked.length < 20 ? ['too few found: ' + asked.length] : asked.filter(key => !dictionaries.en[key]);
                """, page);
        assertEquals(List.of(), missing);
    }
}
