package io.icespar.ssb;

import java.io.IOException;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.Set;

/** The table {@code date}: the days of seven years. */
final class Days {
    static final LocalDate FIRST = LocalDate.of(1992, 1, 1);
    private static final LocalDate LAST = LocalDate.of(1998, 12, 31);

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("MMMM d, yyyy", Locale.ENGLISH);
    private static final DateTimeFormatter YEAR_MONTH = DateTimeFormatter.ofPattern("MMMyyyy", Locale.ENGLISH);
    private static final Set<MonthDay> HOLIDAYS = Set.of(
            MonthDay.of(1, 1),
            MonthDay.of(2, 14),
            MonthDay.of(4, 20),
            MonthDay.of(5, 20),
            MonthDay.of(7, 4),
            MonthDay.of(9, 1),
            MonthDay.of(10, 31),
            MonthDay.of(11, 25),
            MonthDay.of(12, 25),
            MonthDay.of(12, 31));

    private Days() {}

    /** The key of a day: its digits. */
    static int key(LocalDate day) {
        return (day.getYear() * 100 + day.getMonthValue()) * 100 + day.getDayOfMonth();
    }

    static void write(Path file) throws IOException {
        try (CsvWriter csv = new CsvWriter(
                file,
                "d_datekey",
                "d_date",
                "d_dayofweek",
                "d_month",
                "d_year",
                "d_yearmonthnum",
                "d_yearmonth",
                "d_daynuminweek",
                "d_daynuminmonth",
                "d_daynuminyear",
                "d_monthnuminyear",
                "d_weeknuminyear",
                "d_sellingseason",
                "d_lastdayinweekfl",
                "d_lastdayinmonthfl",
                "d_holidayfl",
                "d_weekdayfl")) {
            for (LocalDate day = FIRST; !day.isAfter(LAST); day = day.plusDays(1)) {
                write(csv, day);
            }
        }
    }

    private static void write(CsvWriter csv, LocalDate day) throws IOException {
        int inWeek = day.getDayOfWeek().getValue() % 7 + 1; // Weeks begin on Sunday.
        csv.write(key(day));
        csv.write(DATE.format(day));
        csv.write(day.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH));
        csv.write(day.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH));
        csv.write(day.getYear());
        csv.write(day.getYear() * 100L + day.getMonthValue());
        csv.write(YEAR_MONTH.format(day));
        csv.write(inWeek);
        csv.write(day.getDayOfMonth());
        csv.write(day.getDayOfYear());
        csv.write(day.getMonthValue());
        csv.write((day.getDayOfYear() - 1) / 7 + 1);
        csv.write(season(day.getMonthValue()));
        csv.write(inWeek == 7 ? 1 : 0);
        csv.write(day.getDayOfMonth() == day.lengthOfMonth() ? 1 : 0);
        csv.write(HOLIDAYS.contains(MonthDay.from(day)) ? 1 : 0);
        csv.write(day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) <= 0 ? 1 : 0);
        csv.endLine();
    }

    private static String season(int month) {
        return switch (month) {
            case 1, 2, 3 -> "Winter";
            case 4 -> "Spring";
            case 5, 6, 7, 8 -> "Summer";
            case 9, 10 -> "Fall";
            default -> "Christmas";
        };
    }
}
