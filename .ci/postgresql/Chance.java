import java.util.List;
import java.util.random.RandomGenerator;

/** What is chosen while a query is made up; the same again from the same seed. */
final class Chance {
    private final RandomGenerator random;
    private int names;

    Chance(RandomGenerator random) {
        this.random = random;
    }

    /** A number from the first to the last. */
    int between(int first, int last) {
        return random.nextInt(first, last + 1);
    }

    /** Whether something happens that does so {@code times} in ten. */
    boolean happens(int times) {
        return random.nextInt(10) < times;
    }

    /** One of these. */
    @SafeVarargs
    final <T> T oneOf(T... all) {
        return all[random.nextInt(all.length)];
    }

    /** One of these. */
    <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** A name that no other has. */
    String newName(String kind) {
        names++;
        return kind + names;
    }
}
