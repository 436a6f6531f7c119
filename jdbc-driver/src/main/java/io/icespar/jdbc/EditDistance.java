package io.icespar.jdbc;

/** How far a misspelled word is from the one that was meant: Levenshtein's distance. */
final class EditDistance {
    private EditDistance() {}

    /** The least number of characters to add, drop or change to make one word of the other. */
    static int between(String left, String right) {
        var previous = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            var current = new int[right.length() + 1];
            current[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                var changed = previous[j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(changed, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[right.length()];
    }
}
