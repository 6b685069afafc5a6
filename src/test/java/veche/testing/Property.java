package veche.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.ThrowingConsumer;

/**
 * A property that holds for every input, checked on random inputs. A failure reports its seed and its input;
 * {@code -Dseed=<seed>} checks only that input.
 */
public final class Property {
    private static final Long GIVEN = Long.getLong("seed");

    private Property() {}

    /** Checks inputs that are made from random numbers. */
    public static <T> void check(int tries, Function<Random, T> generator, ThrowingConsumer<T> property) {
        seeds(tries).forEach(seed -> {
            T input = generator.apply(new Random(seed));
            Throwable failure = failure(property, input);
            if (failure != null) {
                throw new AssertionError("-Dseed=" + seed + ", input " + input, failure);
            }
        });
    }

    /**
     * Checks lists of 0 to {@code maxSize} elements. A list that fails is reduced to fewer elements that still fail.
     */
    public static <T> void checkLists(
            int tries, int maxSize, Function<Random, T> element, ThrowingConsumer<List<T>> property) {
        seeds(tries).forEach(seed -> {
            List<T> input = list(new Random(seed), maxSize, element);
            if (failure(property, input) != null) {
                List<T> reduced = reduce(input, property);
                throw new AssertionError(
                        "-Dseed=" + seed + ", reduced to " + reduced + " from " + input, failure(property, reduced));
            }
        });
    }

    private static Stream<Long> seeds(int tries) {
        return GIVEN == null ? new Random().longs(tries).boxed() : Stream.of(GIVEN);
    }

    /** One list in ten has the extreme sizes. */
    private static <T> List<T> list(Random random, int maxSize, Function<Random, T> element) {
        int size = switch (random.nextInt(20)) {
            case 0 -> random.nextInt(2);
            case 1 -> maxSize;
            default -> random.nextInt(maxSize + 1);
        };
        return Stream.generate(() -> element.apply(random)).limit(size).toList();
    }

    private static <T> List<T> reduce(List<T> failing, ThrowingConsumer<List<T>> property) {
        List<T> smallest = failing;
        for (int cut = Math.max(1, failing.size() / 2); cut > 0; cut /= 2) {
            for (int from = 0; from + cut <= smallest.size(); ) {
                List<T> shorter = new ArrayList<>(smallest);
                shorter.subList(from, from + cut).clear();
                if (failure(property, shorter) == null) {
                    from += cut;
                } else {
                    smallest = shorter;
                }
            }
        }
        return smallest;
    }

    private static <T> Throwable failure(ThrowingConsumer<T> property, T input) {
        try {
            property.accept(input);
            return null;
        } catch (Throwable failure) {
            return failure;
        }
    }
}
