package io.icespar.engine.backend;

/**
 * A part of a text, with the parameters whose question marks stand in it.
 *
 * @param from the position of its first character
 * @param to the position after its last
 * @param firstParameter how many parameters stand before it
 * @param lastParameter how many parameters stand before its end
 */
public record TextPart(int from, int to, int firstParameter, int lastParameter) {
    /** Checks that it begins before it ends. */
    public TextPart {
        if (from < 0 || to <= from || firstParameter < 0 || lastParameter < firstParameter) {
            throw new IllegalArgumentException("a part from " + from + " to " + to + " with parameters from "
                    + firstParameter + " to " + lastParameter);
        }
    }

    /** The part itself, out of the text that it is a part of. */
    public String of(String text) {
        return text.substring(from, to);
    }

    /** The same part where it stands elsewhere. */
    public TextPart at(int from, int to) {
        return new TextPart(from, to, firstParameter, lastParameter);
    }
}
