package io.icespar.engine.oracle;

import io.icespar.engine.Engine;
import io.icespar.engine.EngineSeam;
import io.icespar.engine.catalog.Catalog;
import io.icespar.engine.config.EngineSettings;
import io.icespar.engine.secure.Restrictor;
import io.icespar.engine.secure.Securing;
import io.icespar.security.entitlement.EntitlementsProvider;
import io.icespar.security.plugin.Plugins;
import io.icespar.security.privilege.DefaultAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * The samples of one run of tests, each opened when it is first asked for and shared from then on: nobody changes what
 * users may see in one. For that there is {@link #changeable}.
 */
public final class SampleLibrary implements AutoCloseable {
    private final boolean restricting;
    private final BiFunction<Catalog, DefaultAccess, Securing> securing;
    private final Path folder;
    private final SampleData data = SampleData.original();
    private final Map<String, Sample> samples = new HashMap<>();
    private final Map<String, Observation> observations = new HashMap<>();

    SampleLibrary(boolean restricting) {
        this.restricting = restricting;
        this.securing = restricting ? Restrictor::new : Sample::restrictingNothing;
        try {
            this.folder = Files.createTempDirectory("icespar-samples");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the samples restrict, as the product does; without, a test of security must fail. */
    public boolean isRestricting() {
        return restricting;
    }

    /** The sample itself, with its restricted users. */
    public Sample original() {
        return sample("original", data, SampleData.roles());
    }

    /** The sample that a newcomer starts with, with its own users. */
    public Sample conf() {
        return samples.computeIfAbsent("conf", key -> Sample.openConf(folder.resolve(key), securing));
    }

    /** The data without what {@code user} may not see, where nobody is restricted. */
    public Sample visibleTo(SampleUser user) {
        return sample("visible-to-" + user, data.visibleTo(user), SampleData.noRoles());
    }

    /** The data in which all that {@code user} may not see is poison; the users are restricted. */
    public Sample poisonedFor(SampleUser user) {
        return sample("poisoned-for-" + user, data.poisonedFor(user), SampleData.roles());
    }

    /** The sample with its restricted users, for whom columns are masked. */
    public Sample masked() {
        return sample("masked", data, SampleData.roles() + SampleData.masks());
    }

    /** The same, with other values under the masks. */
    Sample poisonedUnderMasks() {
        return sample("poisoned-under-masks", data.poisonedUnderMasks(), SampleData.roles() + SampleData.masks());
    }

    /** The data without the rows that {@code user} may not see, and with what masks show, where nobody is restricted. */
    Sample maskedCopyFor(SampleUser user) {
        return sample("masked-copy-for-" + user, data.visibleTo(user).masked(), SampleData.noRoles());
    }

    /** The sample with its restricted users, from whom columns and a table are hidden. */
    public Sample hidingColumns() {
        return sample("hiding-columns", data, SampleData.roles() + SampleData.hidingColumns());
    }

    /** The same, with other values in the hidden columns. */
    Sample hidingPoisonedColumns() {
        return sample(
                "hiding-poisoned-columns",
                data.withPoisonInHiddenColumns(),
                SampleData.roles() + SampleData.hidingColumns());
    }

    /** The sample with its restricted users, for views; see {@link CorpusViews}. */
    Sample viewed() {
        return sample("viewed", data, SampleData.roles());
    }

    /** As {@link #poisonedFor}, for views. */
    Sample viewedPoisonedFor(SampleUser user) {
        return sample("viewed-poisoned-for-" + user, data.poisonedFor(user), SampleData.roles());
    }

    /** As {@link #masked}, for views. */
    Sample viewedMasked() {
        return sample("viewed-masked", data, SampleData.roles() + SampleData.masks());
    }

    /** As {@link #hidingColumns}, for views. */
    Sample viewedHidingColumns() {
        return sample("viewed-hiding-columns", data, SampleData.roles() + SampleData.hidingColumns());
    }

    /** The sample with gaps, its restricted users and the cubes of {@code cubes.sql}. */
    Sample cubes() {
        return sample("cubes", data.withGaps(), SampleData.roles() + SampleData.cubes());
    }

    /** The sample without gaps, with its restricted users and the cubes of {@code cubes.sql}, to change as {@link #changeable}. */
    Sample changeableCubes() {
        return sample("changeable-cubes", data, SampleData.roles() + SampleData.cubes());
    }

    /** The sample with gaps, without what {@code user} may not see, where nobody is restricted. */
    Sample cubesVisibleTo(SampleUser user) {
        return sample(
                "cubes-visible-to-" + user, data.withGaps().visibleTo(user), SampleData.noRoles() + SampleData.cubes());
    }

    /** The same with poison where {@code user} may not see; the users are restricted. */
    Sample cubesPoisonedFor(SampleUser user) {
        return sample(
                "cubes-poisoned-for-" + user,
                data.withGaps().poisonedFor(user),
                SampleData.roles() + SampleData.cubes());
    }

    /** The data without the rows that {@code user} may not see and without what is hidden, where nobody is restricted. */
    Sample narrowVisibleTo(SampleUser user) {
        String bootstrap = SampleData.noRoles().replaceAll("(?m)^CREATE RESTRICTION nobodys .*$", "");
        return samples.computeIfAbsent(
                "narrow-visible-to-" + user,
                key -> Sample.openNarrow(data.visibleTo(user), bootstrap, folder.resolve(key), securing));
    }

    /** The sample whose users are restricted by a provider, as far as one can say it; SQL says the rest. */
    Sample provided() {
        return samples.computeIfAbsent(
                "provided", key -> openProvided(data, SampleData.rolesBesideProvider(), SampleProvider.restricting()));
    }

    /** The same with poison where {@code user} may not see. */
    Sample providedAndPoisonedFor(SampleUser user) {
        return samples.computeIfAbsent(
                "provided-and-poisoned-for-" + user,
                key -> openProvided(
                        data.poisonedFor(user), SampleData.rolesBesideProvider(), SampleProvider.restricting()));
    }

    /** The sample with its restricted users, from whom a provider hides columns and a table. */
    Sample hidingByProvider() {
        return samples.computeIfAbsent(
                "hiding-by-provider", key -> openProvided(data, SampleData.roles(), SampleProvider.hiding()));
    }

    private Sample openProvided(SampleData rows, String bootstrap, EntitlementsProvider provider) {
        return openNew(rows, bootstrap, Plugins.none().withProvider(provider));
    }

    /** A sample of one's own with plug-ins, to close. */
    Sample openNew(String bootstrap, Plugins plugins) {
        return openNew(data, bootstrap, plugins);
    }

    private Sample openNew(SampleData rows, String bootstrap, Plugins plugins) {
        try {
            return Sample.open(rows, bootstrap, Files.createTempDirectory(folder, "own"), plugins, securing);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A sample to change: each test makes users of its own there, and leaves nothing that others would see. */
    public Sample changeable() {
        return sample("changeable", data, SampleData.roles());
    }

    /** A sample of one's own with another restricting stage, to close. */
    public Sample openNew(BiFunction<Catalog, DefaultAccess, Securing> stage) {
        try {
            return Sample.open(data, SampleData.roles(), Files.createTempDirectory(folder, "own"), stage);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What {@code user} sees of a query in the sample itself. */
    Observation observe(SampleUser user, CorpusQuery query) {
        return observations.computeIfAbsent(
                user + ": " + query.name(), key -> original().session(user).observe(query));
    }

    /** What {@code user} sees of a query of cubes in {@link #cubes}. */
    Observation observeCubes(SampleUser user, CorpusQuery query) {
        return observations.computeIfAbsent(
                "cubes, " + user + ": " + query.name(),
                key -> cubes().session(user).observe(query));
    }

    /** A sample of one's own with {@code default-access: closed}, to close. */
    Sample openClosed() {
        try {
            return Sample.open(
                    data,
                    SampleData.roles(),
                    Files.createTempDirectory(folder, "closed"),
                    (catalog, access) -> securing.apply(catalog, DefaultAccess.CLOSED));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An engine with other data, which restricts if the samples do; to close. */
    public Engine open(EngineSettings settings) {
        return EngineSeam.open(settings, securing);
    }

    private Sample sample(String name, SampleData rows, String bootstrap) {
        return samples.computeIfAbsent(name, key -> Sample.open(rows, bootstrap, folder.resolve(key), securing));
    }

    @Override
    public void close() throws IOException {
        samples.values().forEach(Sample::close);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
