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
                name, key -> Sample.open(rows, bootstrap + VIEWS, folder.resolve(key), securing));
    }

    private Sample original() {
        return sample("original", data, roles());
    }

    /** What the user is shown. */
    Observation observe(SampleUser user, String sql) {
        return original().session(user).sql(sql).observation();
    }

    /** What the same user is shown who holds one more restriction. */
    Observation observeWithAnother(SampleUser user, String sql) {
        return original().session(user + "-big").sql(sql).observation();
    }

    /** What the user is shown where hidden rows are poison. */
    Observation observePoisoned(SampleUser user, String sql) {
        return sample("poisoned-for-" + user, data.poisonedFor(user), roles())
                .session(user)
                .sql(sql)
                .observation();
    }

    /** What there is to show where there are no hidden rows, and nobody is restricted. */
    Observation observeCopy(SampleUser user, String sql) {
        return sample("visible-to-" + user, data.visibleTo(user), SampleData.noRoles())
                .session(user)
                .sql(sql)
                .observation();
    }

    @Override
    public void close() {
        samples.values().forEach(Sample::close);
    }
}
