package io.icespar.engine.generated;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.RandomDistribution;

/**
 * What is chosen while a query is made up: numbers, one after the other. After the last of them each is 0, which is the
 * simplest choice everywhere; so a shorter list of smaller numbers makes a simpler query, and jqwik knows how to shrink it.
 */
public final class Choices {
    private static final int MIN = 20;
    private static final int MAX = 150;

    private final List<Integer> numbers;
    private int position;

    public Choices(List<Integer> numbers) {
        this.numbers = numbers;
    }

    /** Any choices. */
    public static Arbitrary<Choices> any() {
        // Each as often as any other: jqwik likes small numbers and few of them, which make the simplest queries.
        return Arbitraries.integers()
                .between(0, 9999)
                .withDistribution(RandomDistribution.uniform())
                .withoutEdgeCases()
                .list()
                .ofMinSize(MIN)
                .ofMaxSize(MAX)
                .withSizeDistribution(RandomDistribution.uniform())
                .map(Choices::new);
    }

    /** A number from 0 on, less than {@code bound}. */
    public int below(int bound) {
        return position < numbers.size() ? numbers.get(position++) % bound : 0;
    }

    /** Whether something happens that does so {@code times} in ten. */
    public boolean happens(int times) {
        return below(10) >= 10 - times;
    }

    /** One of these, the first being the simplest. */
    public <T> T oneOf(List<T> all) {
        return all.get(below(all.size()));
    }
}
