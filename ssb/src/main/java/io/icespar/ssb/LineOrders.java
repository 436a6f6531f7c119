package io.icespar.ssb;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;

/** The table {@code lineorder}, whose rows are the lines of orders, one to seven of each. Amounts are in cents. */
final class LineOrders {
    private static final List<String> PRIORITIES = List.of("1-URGENT", "2-HIGH", "3-MEDIUM", "4-NOT SPECI", "5-LOW");
    private static final List<String> SHIP_MODES = List.of("REG AIR", "AIR", "RAIL", "TRUCK", "MAIL", "FOB", "SHIP");
    private static final int MAX_LINES = 7;
    private static final LocalDate LAST_ORDER = LocalDate.of(1998, 8, 2);
    private static final int MAX_COMMIT_DAYS = 90;

    private final Sizes sizes;
    private final Draw draw;
    private final int lastOrderDay = (int) (LAST_ORDER.toEpochDay() - Days.FIRST.toEpochDay());
    private final int[] dateKeys = IntStream.rangeClosed(0, lastOrderDay + MAX_COMMIT_DAYS)
            .map(day -> Days.key(Days.FIRST.plusDays(day)))
            .toArray();
    private final Line[] lines = new Line[MAX_LINES];

    LineOrders(Sizes sizes, Draw draw) {
        this.sizes = sizes;
        this.draw = draw;
    }

    /** What differs between the lines of an order. */
    private record Line(int part, int supplier, int quantity, int discount, int tax, int commitDay, String shipMode) {
        int extendedPrice() {
            return quantity * Parts.price(part);
        }

        int revenue() {
            return (int) ((long) extendedPrice() * (100 - discount) / 100);
        }

        int taxed() {
            return (int) ((long) revenue() * (100 + tax) / 100);
        }

        int supplyCost() {
            return Parts.price(part) * 6 / 10;
        }
    }

    void write(Path file) throws IOException {
        try (CsvWriter csv = new CsvWriter(
                file,
                "lo_orderkey",
                "lo_linenumber",
                "lo_custkey",
                "lo_partkey",
                "lo_suppkey",
                "lo_orderdate",
                "lo_orderpriority",
                "lo_shippriority",
                "lo_quantity",
                "lo_extendedprice",
                "lo_ordtotalprice",
                "lo_discount",
                "lo_revenue",
                "lo_supplycost",
                "lo_tax",
                "lo_commitdate",
                "lo_shipmode")) {
            for (int order = 0; order < sizes.orders(); order++) {
                // Of 32 keys 8 are used.
                write(csv, order / 8 * 32 + order % 8 + 1);
            }
        }
    }

    private void write(CsvWriter csv, int order) throws IOException {
        int customer = draw.from(1, sizes.customers());
        int orderDay = draw.from(0, lastOrderDay);
        String priority = draw.oneOf(PRIORITIES);
        int count = draw.from(1, MAX_LINES);
        int total = 0;
        for (int i = 0; i < count; i++) {
            lines[i] = line(orderDay);
            total += lines[i].taxed();
        }
        for (int i = 0; i < count; i++) {
            Line line = lines[i];
            csv.write(order);
            csv.write(i + 1);
            csv.write(customer);
            csv.write(line.part());
            csv.write(line.supplier());
            csv.write(dateKeys[orderDay]);
            csv.write(priority);
            csv.write(0);
            csv.write(line.quantity());
            csv.write(line.extendedPrice());
            csv.write(total);
            csv.write(line.discount());
            csv.write(line.revenue());
            csv.write(line.supplyCost());
            csv.write(line.tax());
            csv.write(dateKeys[line.commitDay()]);
            csv.write(line.shipMode());
            csv.endLine();
        }
    }

    private Line line(int orderDay) {
        return new Line(
                draw.from(1, sizes.parts()),
                draw.from(1, sizes.suppliers()),
                draw.from(1, 50),
                draw.from(0, 10),
                draw.from(0, 8),
                orderDay + draw.from(30, MAX_COMMIT_DAYS),
                draw.oneOf(SHIP_MODES));
    }
}
