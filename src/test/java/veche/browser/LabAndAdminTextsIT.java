package veche.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts of the lab and the administration page. */
class LabAndAdminTextsIT extends ModuleBench {
    private static final String OWN_TEXTS = """
            const own = async language => (await import(`/context/js/${argument}/texts/${language}.js`)).default;
            const en = await own('en');
            const ru = await own('ru');
            """;

    @ParameterizedTest
    @ValueSource(strings = {"lab", "admin"})
    void bothLanguagesHaveTheSameKeysAndPlaceholders(String page) {
        var differences = evaluate(OWN_TEXTS + """
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
        var incomplete = evaluate(OWN_TEXTS + """
                return Object.entries({ en, ru }).flatMap(([language, texts]) => {
                  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
                  const plurals = Object.entries(texts).filter(([, entry]) => typeof entry !== 'string');
                  return plurals.filter(([, entry]) => !forms.every(form => entry[form])).map(([key]) => language + key);
                });
                """, page);
        assertEquals(List.of(), incomplete);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lab", "admin"})
    void everyKeyThatThePageUsesExists(String page) {
        var missing = evaluate("""
                await import(`/context/js/${argument}/texts.js`);
                const { dictionaries } = await import('/context/js/i18n.js');
                const html = await (await fetch(`/context/${argument}.html`)).text();
                const used = [...html.matchAll(/data-i18n(?:-label|-group|-placeholder|-title)?="([^"]+)"/g)].map(found => found[1]);
                return used.length < 20 ? ['too few found: ' + used.length] : used.filter(key => !dictionaries.en[key]);
                """, page);
        assertEquals(List.of(), missing);
    }
}
