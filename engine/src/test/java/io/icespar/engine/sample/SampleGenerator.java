package io.icespar.engine.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Makes the rows of the sample: a regular pattern, so that every total can be worked out by hand. */
public final class SampleGenerator {
    private static final int SALES = 5000;
    private static final int SHOPS = 40;
    private static final int PRODUCTS = 61;
    private static final int DAYS = 30;
    private static final LocalDate LAST_DAY = LocalDate.of(2021, 2, 4);

    private static final List<Integer> QUANTITIES = List.of(1, 1, 2, 1, 3, 1, 2, 2, 1, 1, 1, 4, 1);
    private static final List<String> PREFIXES =
            cycle(List.of("TAB", "CHA", "BED", "TSH", "HOO", "SHO"), List.of(2, 1, 4, 5, 3, 6));
    private static final List<Integer> PRICES =
            List.of(210, 300, 60, 150, 300, 395, 440, 20, 20, 22, 24, 24, 45, 48, 49, 60, 60, 60, 60, 60, 60);
    private static final List<String> SIZES = cycle(List.of("big", "medium", "small"), List.of(1, 3, 5));

    private static final List<City> CITIES = List.of(
            new City("New York", "New York", "USA"),
            new City("Los Angeles", "California", "USA"),
            new City("San Diego", "California", "USA"),
            new City("San Jose", "California", "USA"),
            new City("San Francisco", "California", "USA"),
            new City("Houston", "Texas", "USA"),
            new City("San Antonio", "Texas", "USA"),
            new City("Chicago", "Illinois", "USA"),
            new City("Paris", "Île-de-France", "France"),
            new City("Marseille", "Provence-Alpes-Côte d'Azur", "France"),
            new City("Nice", "Provence-Alpes-Côte d'Azur", "France"),
            new City("Lyon", "Auvergne-Rhône-Alpes", "France"),
            new City("Saint-Étienne", "Auvergne-Rhône-Alpes", "France"));

    private SampleGenerator() {}

    private record City(String name, String region, String country) {}

    private static List<String> cycle(List<String> values, List<Integer> times) {
        List<String> cycle = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            cycle.addAll(Collections.nCopies(times.get(i), values.get(i)));
        }
        return List.copyOf(cycle);
    }

    private static <T> T at(List<T> cycle, int i) {
        return cycle.get(i % cycle.size());
    }

    /** The text of {@code sales.csv}. */
    public static String sales() {
        var text = new StringBuilder("Sale ID,Date,Shop,Product,Quantity,Unit price\n");
        for (int i = 0; i < SALES; i++) {
            int product = i % PRODUCTS;
            text.append(String.format(
                    Locale.ROOT,
                    "S%09d,%s,shop_%d,%s_%d,%d,%d.00%n",
                    i,
                    LAST_DAY.minusDays(i % DAYS),
                    i % SHOPS,
                    at(PREFIXES, product),
                    product,
                    at(QUANTITIES, i),
                    at(PRICES, product)));
        }
        return text.toString().replace(System.lineSeparator(), "\n");
    }

    /** The text of {@code shops.csv}. */
    public static String shops() {
        var text = new StringBuilder("Shop ID,City,State or region,Country,Shop size\n");
        for (int i = 0; i < SHOPS; i++) {
            City city = at(CITIES, i);
            text.append("shop_").append(i).append(',');
            text.append(city.name).append(',').append(city.region).append(',').append(city.country);
            text.append(',').append(at(SIZES, i)).append('\n');
        }
        return text.toString();
    }

    /** The text of {@code rates.csv}: what a euro was worth on each day of the sales. */
    public static String rates() {
        var text = new StringBuilder("Day,USD per EUR\n");
        for (int i = DAYS - 1; i >= 0; i--) {
            text.append(String.format(Locale.ROOT, "%s,1.%04d%n", LAST_DAY.minusDays(i), 2000 + i * 37 % 200));
        }
        return text.toString().replace(System.lineSeparator(), "\n");
    }

    /** Writes all files into the folder that is named, such as {@code conf/catalog/retail}. */
    public static void main(String... arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("sales.csv"), sales());
        Files.writeString(folder.resolve("shops.csv"), shops());
        Files.writeString(folder.resolve("rates.csv"), rates());
    }
}
