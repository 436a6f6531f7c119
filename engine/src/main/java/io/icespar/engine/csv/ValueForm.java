package io.icespar.engine.csv;

import io.icespar.engine.catalog.ColumnType;

/**
 * How values of each type are written in a file: one way only, so that nothing is rounded, trimmed or guessed.
 *
 * <p>Backends read far more (a DuckDB cast makes 2 of {@code 1.5} and 1000 of {@code 1_000}).
 */
final class ValueForm {
    private static final int MAX_EXACT_DIGITS = 17;

    private ValueForm() {}

    /** Whether the first {@code length} characters are a value of the type. */
    static boolean fits(ColumnType type, char[] text, int length) {
        return switch (type.kind()) {
            case VARCHAR -> true;
            case BOOLEAN -> isWord(text, length, "true") || isWord(text, length, "false");
            case INTEGER -> isWhole(text, length, Integer.MIN_VALUE);
            case BIGINT -> isWhole(text, length, Long.MIN_VALUE);
            case DOUBLE -> isDouble(text, length);
            case DECIMAL -> isDecimal(text, length, type.precision(), type.scale());
            case DATE -> length == 10 && isDate(text);
            case TIME -> isTime(text, 0, length);
            case TIMESTAMP ->
                length > 11 && isDate(text) && (text[10] == ' ' || text[10] == 'T') && isTime(text, 11, length);
        };
    }

    /**
     * Whether a column may be taken for one of that type because of this value. Leading zeros speak for a code, and so
     * do more digits than a binary number keeps.
     */
    static boolean suggests(ColumnType type, char[] text, int length) {
        if (!fits(type, text, length)) {
            return false;
        }
        return switch (type.kind()) {
            case INTEGER, BIGINT -> !hasLeadingZero(text, length);
            case DOUBLE -> !hasLeadingZero(text, length) && digits(text, length) <= MAX_EXACT_DIGITS;
            case BOOLEAN, DECIMAL, VARCHAR, DATE, TIME, TIMESTAMP -> true;
        };
    }

    private static boolean isWord(char[] text, int length, String word) {
        if (length != word.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if ((text[i] | 0x20) != word.charAt(i) || text[i] >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static boolean isWhole(char[] text, int length, long min) {
        int start = sign(text, length);
        if (start == length) {
            return false;
        }
        long negated = 0;
        for (int i = start; i < length; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9 || negated < min / 10 || negated * 10 < min + digit) {
                return false;
            }
            negated = negated * 10 - digit;
        }
        return start == 1 || negated != min;
    }

    private static boolean isDouble(char[] text, int length) {
        int start = sign(text, length);
        int point = skipDigits(text, start, length);
        int end = point;
        if (point < length && text[point] == '.') {
            end = skipDigits(text, point + 1, length);
        }
        if (end - start == 0 || (end - start == 1 && text[start] == '.')) {
            return false;
        }
        if (end < length && (text[end] == 'e' || text[end] == 'E')) {
            int exponent = end + 1;
            if (exponent < length && (text[exponent] == '+' || text[exponent] == '-')) {
                exponent++;
            }
            end = skipDigits(text, exponent, length);
            if (end == exponent) {
                return false;
            }
        } else if (length < 300) {
            return end == length;
        }
        return end == length && Double.isFinite(Double.parseDouble(new String(text, 0, length)));
    }

    private static boolean isDecimal(char[] text, int length, int precision, int scale) {
        int start = sign(text, length);
        int point = skipDigits(text, start, length);
        int end = point;
        if (point < length && text[point] == '.') {
            end = skipDigits(text, point + 1, length);
        }
        if (end != length || end - start == 0 || (end - start == 1 && text[start] == '.')) {
            return false;
        }
        while (start < point && text[start] == '0') {
            start++;
        }
        while (end > point + 1 && text[end - 1] == '0') {
            end--;
        }
        return point - start <= precision - scale && end - point - 1 <= scale;
    }

    private static boolean isDate(char[] text) {
        if (text[4] != '-' || text[7] != '-') {
            return false;
        }
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
    }

    private static int daysIn(int year, int month) {
        boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        return switch (month) {
            case 2 -> leap ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    private static boolean isTime(char[] text, int start, int end) {
        int seconds = start + 8;
        if (end < seconds || text[start + 2] != ':' || text[start + 5] != ':') {
            return false;
        }
        int hour = number(text, start, start + 2);
        int minute = number(text, start + 3, start + 5);
        int second = number(text, start + 6, seconds);
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
            return false;
        }
        int fraction = end - seconds - 1;
        return end == seconds
                || (text[seconds] == '.'
                        && fraction >= 1
                        && fraction <= 6
                        && skipDigits(text, seconds + 1, end) == end);
    }

    private static int number(char[] text, int start, int end) {
        int number = 0;
        for (int i = start; i < end; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    private static int sign(char[] text, int length) {
        return length > 0 && text[0] == '-' ? 1 : 0;
    }

    private static int skipDigits(char[] text, int start, int length) {
        int end = start;
        while (end < length && text[end] >= '0' && text[end] <= '9') {
            end++;
        }
        return end;
    }

    private static boolean hasLeadingZero(char[] text, int length) {
        int start = sign(text, length);
        return text[start] == '0' && ((start == 1 && length == 2) || skipDigits(text, start, length) - start > 1);
    }

    private static int digits(char[] text, int length) {
        int digits = 0;
        for (int i = 0; i < length && text[i] != 'e' && text[i] != 'E'; i++) {
            if (text[i] >= '0' && text[i] <= '9') {
                digits++;
            }
        }
        return digits;
    }
}
