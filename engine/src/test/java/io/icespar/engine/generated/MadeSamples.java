package io.icespar.engine.generated;

import io.icespar.engine.catalog.Catalog;
import io.icespar.engine.oracle.Observation;
import io.icespar.engine.oracle.Sample;
import io.icespar.engine.oracle.SampleData;
import io.icespar.engine.oracle.SampleUser;
import io.icespar.engine.secure.Securing;
import io.icespar.security.privilege.DefaultAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import net.jqwik.api.lifecycle.Store;

/** The samples that made-up queries are asked of: fewer sales, so that many queries take little time, and gaps. */
final class MadeSamples implements Store.CloseOnReset {
    private static final int ONE_SALE_OF = 20;

    /** Holders of one more role, which brings one more restriction. */
    private static final List<SampleUser> WITH_ANOTHER =
            List.of(SampleUser.PARISIAN, SampleUser.FRENCH, SampleUser.MIXED, SampleUser.CAREFUL);

    /** Everyone may read it; who is restricted sees of it what the tables beneath would give. */
    private static final String VIEWS = """
            CREATE VIEW "Sold" AS
                SELECT s."Sale ID", s."Date", s."Shop", s."Quantity", s."Unit price", x."City", x."Country"
                FROM "Sales" s JOIN "Shops" x ON s."Shop" = x."Shop ID" WHERE s."Quantity" IS NOT NULL;
            """;

    /** Of one of them, some levels are narrowed to one member where nobody names them. */
    private static final String CUBES = """
            CREATE CUBE "Made cube" ON "Sales" AUTO (
                MEASURE "Sold" AS SUM("Quantity"),
                MEASURE "Turnover" AS SUM("Quantity" * "Unit price"),
                MEASURE "Cities" AS COUNT(DISTINCT "City"),
                MEASURE "First day" AS MIN("Date"),
                MEASURE "Last product" AS MAX("Product"),
                MEASURE "Share" AS CAST(AGGREGATE("Sold") AS DOUBLE) / AGGREGATE("Sold") AT (ALL "City"),
                MEASURE "Number" AS MAX(CAST(SUBSTRING("Shop ID" FROM 6) AS INTEGER)),
                MEASURE "Quotients" AS SUM(1000 / "Quantity")
            );
            CREATE CUBE "Made slices" ON "Sales" AUTO (
                HIERARCHY "Shop size" (LEVEL "Shop size" AS "Shop size") SLICING,
                HIERARCHY "Country" (LEVEL "Country" AS "Country"),
                MEASURE "Sold" AS SUM("Quantity"),
                MEASURE "Turnover" AS SUM("Quantity" * "Unit price"),
                MEASURE "Cities" AS COUNT(DISTINCT "City"),
                MEASURE "First day" AS MIN("Date"),
                MEASURE "Last product" AS MAX("Product"),
                MEASURE "Share" AS CAST(AGGREGATE("Sold") AS DOUBLE) / AGGREGATE("Sold") AT (ALL),
                MEASURE "Number" AS MAX(CAST(SUBSTRING("Shop ID" FROM 6) AS INTEGER)),
                MEASURE "Quotients" AS SUM(1000 / "Quantity")
            );
            ALTER ROLE ROLE_USER SET DEFAULT MEMBER OF HIERARCHY "Country" IN CUBE "Made slices" TO ('USA');
            """;

    /** Joins that are made up may have any number. */
    private static final int MOST_ROWS = 100_000;

    private final BiFunction<Catalog, DefaultAccess, Securing> securing;
    private final SampleData data;
    private final Path folder;
    private final Map<String, Sample> samples = new HashMap<>();

    MadeSamples(BiFunction<Catalog, DefaultAccess, Securing> securing) {
        this.securing = securing;
        SampleData all = SampleData.original();
        this.data = new SampleData(
                        IntStream.range(0, all.sales().size())
                                .filter(i -> i % ONE_SALE_OF == 0)
                                .mapToObj(all.sales()::get)
                                .toList(),
                        all.shops())
                .withGaps();
        try {
            this.folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "made");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<SampleUser> usersWithAnother() {
        return WITH_ANOTHER;
    }

    private static String roles() {
        StringBuilder more = new StringBuilder("""
                CREATE ROLE ROLE_BIG;
                CREATE RESTRICTION only_big ON "Shops" AS RESTRICTIVE USING ("Shop size" = 'big') TO ROLE_BIG;
                """);
        for (SampleUser user : WITH_ANOTHER) {
            String name = "TO USER \"" + user + "\"";
            more.append("CREATE USER \"").append(user).append("-big\";\n");
            SampleData.roles()
                    .lines()
                    .filter(line -> line.contains(name))
                    .forEach(line -> more.append(line.replace(
                                    " " + name, ", ROLE_BIG " + name.replace(user + "\"", user + "-big\"")))
                            .append('\n'));
        }
        return SampleData.roles() + more;
    }

    private Sample sample(String name, SampleData rows, String bootstrap) {
        return samples.computeIfAbsent(
                name, key -> Sample.open(rows, bootstrap + VIEWS + CUBES, folder.resolve(key), securing));
    }

    private Sample original() {
        return sample("original", data, roles());
    }

    /** What the user is shown. */
    Observation observe(SampleUser user, String sql) {
        return original().session(user).sql(sql).observation(MOST_ROWS);
    }

    /** What the same user is shown who holds one more restriction. */
    Observation observeWithAnother(SampleUser user, String sql) {
        return original().session(user + "-big").sql(sql).observation(MOST_ROWS);
    }

    /** What the user is shown where hidden rows are poison. */
    Observation observePoisoned(SampleUser user, String sql) {
        return sample("poisoned-for-" + user, data.poisonedFor(user), roles())
                .session(user)
                .sql(sql)
                .observation(MOST_ROWS);
    }

    /** What there is to show where there are no hidden rows, and nobody is restricted. */
    Observation observeCopy(SampleUser user, String sql) {
        return sample("visible-to-" + user, data.visibleTo(user), SampleData.noRoles())
                .session(user)
                .sql(sql)
                .observation(MOST_ROWS);
    }

    /** What the user is shown for whom columns are masked, too. */
    Observation observeMasked(SampleUser user, String sql) {
        return sample("masked", data, roles() + SampleData.masks())
                .session(user)
                .sql(sql)
                .observation(MOST_ROWS);
    }

    /** What there is to show where there is nothing but visible rows, and in them nothing but what the masks show. */
    Observation observeMaskedCopy(SampleUser user, String sql) {
        return sample("masked-copy-for-" + user, data.visibleTo(user).masked(), SampleData.noRoles())
                .session(user)
                .sql(sql)
                .observation(MOST_ROWS);
    }

    /** What the user is shown where hidden rows are poison, and so is what is under the masks. */
    Observation observePoisonedUnderMasks(SampleUser user, String sql) {
        return sample(
                        "poisoned-under-masks-for-" + user,
                        data.poisonedFor(user).poisonedUnderMasks(),
                        roles() + SampleData.masks())
                .session(user)
                .sql(sql)
                .observation(MOST_ROWS);
    }

    @Override
    public void close() {
        samples.values().forEach(Sample::close);
    }
}
