package veche.dialect.wamp.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which patterns match, in which order, and at what cost. */
class WildcardTrieTest {
    private final WildcardTrie<String> trie = new WildcardTrie<>();

    private void put(String... patterns) {
        for (String pattern : patterns) {
            trie.put(UriIndex.components(pattern), pattern);
        }
    }

    private List<String> matches(String uri) {
        List<String> found = new ArrayList<>();
        trie.forEachMatch(UriIndex.components(uri), found::add);
        return found;
    }

    @Test
    void patternsWithTheLeftmostLiteralsMatchFirst() {
        put("..", "a..", ".b.", "a.b.", "..c", "a..c", "x..", "a.b", "a...");
        assertEquals(List.of("a.b.", "a..c", "a..", ".b.", "..c", ".."), matches("a.b.c"));
        assertEquals(List.of(".."), matches("p.q.r"));
    }

    @Test
    void aRemovedPatternLeavesNoNodes() {
        put("a..c", "a..");
        trie.put(UriIndex.components("a..c"), null);
        trie.put(UriIndex.components("never.there."), null);
        assertEquals(List.of("a.."), matches("a.b.c"));
        trie.put(UriIndex.components("a.."), null);
        assertEquals(1, trie.forEachMatch(UriIndex.components("a.b.c"), found -> {}));
    }

    @Test
    void theCostDependsOnPatternsWithACommonPrefixOnly() {
        Random random = new Random(1);
        String uri = "t" + ".t".repeat(59);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder pattern = new StringBuilder("p" + i);
            for (int component = 1; component < 60; component++) {
                pattern.append('.').append(random.nextBoolean() ? "" : "t");
            }
            put(pattern.toString());
        }
        put("." + "t.".repeat(58) + "t", "t.".repeat(59));
        List<String> found = new ArrayList<>();
        int visited = trie.forEachMatch(UriIndex.components(uri), found::add);
        assertEquals(2, found.size());
        assertTrue(visited < 200, visited + " nodes visited");
    }
}
