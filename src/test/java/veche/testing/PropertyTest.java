package veche.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PropertyTest {
    @Test
    void theRequestedNumberOfInputsIsChecked() {
        var sizes = new TreeSet<Integer>();
        int[] checked = new int[1];
        Property.checkLists(300, 5, random -> random.nextInt(10), list -> {
            sizes.add(list.size());
            checked[0]++;
        });
        assertEquals(300, checked[0]);
        assertEquals(0, sizes.first());
        assertEquals(5, sizes.last());
    }

    @Test
    void aFailureReportsItsSeedAndTheSmallestInput() {
        var failure = assertThrows(
                AssertionError.class,
                () -> Property.checkLists(
                        300,
                        50,
                        random -> random.nextInt(10),
                        list -> assertFalse(list.contains(7) && list.size() > 2)));
        assertTrue(
                failure.getMessage().matches("(?s)-Dseed=-?\\d+, reduced to \\[\\d, \\d, \\d] from .*"),
                failure::getMessage);
        assertTrue(failure.getCause() instanceof AssertionError);
    }

    @Test
    void anInputThatIsNotAListIsReported() {
        var failure = assertThrows(
                AssertionError.class,
                () -> Property.check(1, random -> "some input", input -> assertEquals("", input)));
        assertTrue(failure.getMessage().endsWith("input some input"), failure::getMessage);
    }
}
