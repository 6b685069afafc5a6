package veche.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page's texts in both languages. */
class PageTextsIT extends ModuleBench {

    @Test
    void bothLanguagesHaveTheSameKeysAndPlaceholders() {
        var differences = evaluate("""
                const { dictionaries, loadLanguage } = await import('/context/js/i18n.js');
                await loadLanguage('ru');
                const { en, ru } = dictionaries;
                const texts = entry => typeof entry === 'string' ? [entry] : Object.values(entry);
                const names = entry => [...new Set(texts(entry).join().match(/\\{\\w+\\}/g) ?? [])].sort().join();
                const keys = [...new Set([...Object.keys(en), ...Object.keys(ru)])];
                return keys.filter(key => !en[key] || !ru[key] || names(en[key]) !== names(ru[key]));
                """);
        assertEquals(List.of(), differences);
    }

    @Test
    void everyPluralHasAllFormsOfItsLanguage() {
        var incomplete = evaluate("""
                const { dictionaries, loadLanguage } = await import('/context/js/i18n.js');
                await loadLanguage('ru');
                return Object.entries(dictionaries).flatMap(([language, texts]) => {
                  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
                  const plurals = Object.entries(texts).filter(([, entry]) => typeof entry !== 'string');
                  return plurals.filter(([, entry]) => !forms.every(form => entry[form])).map(([key]) => language + key);
                });
                """);
        assertEquals(List.of(), incomplete);
    }

    @Test
    void everyKeyThatPagesAndScriptsUseExists() {
        var missing = evaluate("""
                const { dictionaries } = await import('/context/js/i18n.js');
                const text = async name => (await fetch('/context/' + name)).text();
                const pages = await Promise.all(['index.html', 'hello.html'].map(text));
                const scripts = await Promise.all(argument.split(',').map(name => text('js/' + name)));
                const used = [
                  ...pages.join().matchAll(/data-i18n(?:-label|-group|-placeholder|-title)?="([^"]+)"/g),
                  ...scripts.join().matchAll(/'([a-z]+(?:\\.[a-z-]+)+)'/g),
                ].map(found => found[1]).filter(key => !/^(veche|wamp|https?)\\.|\\.(js|css|json|html)$/.test(key));
                return used.length < 100 ? ['too few found: ' + used.length] : used.filter(key => !dictionaries.en[key]);
                """, scripts());
        assertEquals(List.of(), missing);
    }

    private static String scripts() {
        try (var files = Files.list(Path.of("src/main/webapp/js"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".js"))
                    .sorted()
                    .collect(Collectors.joining(","));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void russianPluralsAreCorrect() {
        var texts = evaluate("""
                const { setLanguage, translate } = await import('/context/js/i18n.js');
                await setLanguage('ru');
                return [1, 3, 11, 21, 1.5].map(count => translate('newer', { count }));
                """);
        assertEquals(
                List.of(
                        "1 новое сообщение",
                        "3 новых сообщения",
                        "11 новых сообщений",
                        "21 новое сообщение",
                        "1,5 нового сообщения"),
                texts);
    }
}
