package io.icespar.ssb;

import java.util.List;

/**
 * A nation of customers and suppliers.
 *
 * @param number its place in {@link #ALL}, from 0
 */
record Nation(int number, String name, String region) {
    static final int CITIES = 10;

    /** As many characters of a city's name are the nation's. */
    private static final int PREFIX = 9;

    private static final int FIRST_COUNTRY_CODE = 10;

    /** All of them, by region and name. */
    static final List<Nation> ALL = List.of(
            new Nation(0, "ALGERIA", "AFRICA"),
            new Nation(1, "ETHIOPIA", "AFRICA"),
            new Nation(2, "KENYA", "AFRICA"),
            new Nation(3, "MOROCCO", "AFRICA"),
            new Nation(4, "MOZAMBIQUE", "AFRICA"),
            new Nation(5, "ARGENTINA", "AMERICA"),
            new Nation(6, "BRAZIL", "AMERICA"),
            new Nation(7, "CANADA", "AMERICA"),
            new Nation(8, "PERU", "AMERICA"),
            new Nation(9, "UNITED STATES", "AMERICA"),
            new Nation(10, "CHINA", "ASIA"),
            new Nation(11, "INDIA", "ASIA"),
            new Nation(12, "INDONESIA", "ASIA"),
            new Nation(13, "JAPAN", "ASIA"),
            new Nation(14, "VIETNAM", "ASIA"),
            new Nation(15, "FRANCE", "EUROPE"),
            new Nation(16, "GERMANY", "EUROPE"),
            new Nation(17, "ROMANIA", "EUROPE"),
            new Nation(18, "RUSSIA", "EUROPE"),
            new Nation(19, "UNITED KINGDOM", "EUROPE"),
            new Nation(20, "EGYPT", "MIDDLE EAST"),
            new Nation(21, "IRAN", "MIDDLE EAST"),
            new Nation(22, "IRAQ", "MIDDLE EAST"),
            new Nation(23, "JORDAN", "MIDDLE EAST"),
            new Nation(24, "SAUDI ARABIA", "MIDDLE EAST"));

    /** The name of a city: the first nine characters of the nation's, and the city's number. */
    String city(int city) {
        String padded = name + " ".repeat(PREFIX);
        return padded.substring(0, PREFIX) + city;
    }

    /** What telephone numbers there begin with. */
    int countryCode() {
        return FIRST_COUNTRY_CODE + number;
    }
}
