package veche.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rendering of message text. */
class MarkupIT extends ModuleBench {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            plain                          | plain
            see https://a.test/b.          | see [https://a.test/b].
            (https://a.test/b)             | ([https://a.test/b])
            https://a.test/b_(c)           | [https://a.test/b_(c)]
            (https://a.test/b_(c)).        | ([https://a.test/b_(c)]).
            http://a.test, https://b.test! | [http://a.test], [https://b.test]!
            javascript:alert(1)            | javascript:alert(1)
            data:text/html,x ftp://a.test  | data:text/html,x ftp://a.test
            https://                       | https://
            `https://a.test`               | <https://a.test>
            a `b` c `d                     | a <b> c `d
            mail@anna.test                 | mail@anna.test
            hi @Anna, @Боря_2!             | hi {@Anna}, {@Боря_2}!
            <b>@Anna</b>                   | <b>{@Anna}</b>
            @Anna Petrova hi               | {me @Anna Petrova} hi
            @anna petrova                  | {me @anna petrova}
            @Anna Petrov                   | {@Anna} Petrov
            @Anna Petrovana                | {@Anna} Petrovana
            @Annabel                       | @Annabel
            @@Anna                         | @{@Anna}
            @Anna.                         | {@Anna}.
            @J. R.!                        | {@J. R.}!
            `@Anna`                        | <@Anna>
            @here @channel @nobody @       | @here @channel @nobody @
            """)
    void aTextBecomesTextLinksCodeAndMentions(String text, String expected) {
        var marked = evaluate("""
                const { render } = await import('/context/js/markup.js');
                const { Names } = await import('/context/js/names.js');
                const names = new Names();
                ['Anna', 'Anna Petrova', 'Боря_2', 'J. R.'].forEach(name => names.add(name));
                const marks = { A: ['[', ']'], CODE: ['<', '>'], SPAN: ['{', '}'] };
                return render(argument, names, 'anna petrova').map(node => {
                  const [open, close] = node.className === 'mention me' ? ['{me ', '}'] : marks[node.tagName] ?? ['', ''];
                  return open + (node.textContent ?? node) + close;
                }).join('');
                """, text);
        assertEquals(expected, marked);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            http://x/ | )
            http://x/ | ()
            http://x/ | (
            http://x/ | .
            http://x/ | *_
            http://x/ | ]}»”’
            ''        | `
            ''        | ```
            ```       | a+-
            ''        | @a.
            @a        | .
            ''        | http://x/)
            ''        | 👍
            ''        | a
            """)
    void renderingTakesLinearTime(String head, String run) {
        var charactersPerCharacter = evaluate("""
                const { render, isEmojiOnly, mentions, mentionsAmong } = await import('/context/js/markup.js');
                const { Names } = await import('/context/js/names.js');
                const names = new Names();
                ['Anna', 'a', 'a.b', 'a'.repeat(32), 'a.@'.repeat(10)].forEach(name => names.add(name));
                const [head, run] = argument.split(' ');
                const text = head + run.repeat(40_000 / run.length);
                let touched = 0;
                const originals = {};
                for (const method of ['slice', 'split', 'endsWith', 'replace', 'substring', 'trim']) {
                  const original = originals[method] = String.prototype[method];
                  String.prototype[method] = function(...rest) {
                    const result = original.apply(this, rest);
                    touched += typeof result === 'string' ? result.length : this.length;
                    return result;
                  };
                }
                try {
                  render(text, names, 'Anna');
                  mentionsAmong(text, names, 'Anna');
                  isEmojiOnly(text);
                  mentions(text, 'Anna');
                } finally {
                  Object.assign(String.prototype, originals);
                }
                return touched / text.length;
                """, head + " " + run);
        assertTrue(
                ((Number) charactersPerCharacter).doubleValue() <= 10,
                () -> charactersPerCharacter + " characters touched for each one of the text");
    }

    @ParameterizedTest
    @CsvSource({
        "'hi @Anna', true",
        "'hi @anna!', true",
        "'hi @Annabel', false",
        "'hi Anna', false",
        "'x@anna', false",
        "'@Anna', true"
    })
    void aMentionIsAWholeToken(String text, boolean mentioned) {
        assertEquals(
                mentioned, evaluate("return (await import('/context/js/markup.js')).mentions(argument, 'Anna')", text));
    }

    @ParameterizedTest
    @CsvSource({"👍, true", "'👍 👨‍👩‍👧 ❤️', true", "'👍!', false", "12, false", "'#', false", "x, false"})
    void aFewEmojiAloneAreShownLarge(String text, boolean large) {
        assertEquals(large, evaluate("return (await import('/context/js/markup.js')).isEmojiOnly(argument)", text));
    }
}
