package io.icespar.security.export;

import io.icespar.security.view.View;
import io.icespar.security.view.Views;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Views, each after those that it reads. */
final class ViewCommands {
    private ViewCommands() {}

    static Stream<String> created(Views views) {
        Set<View> ordered = new LinkedHashSet<>();
        views.all().forEach(view -> add(view, views, ordered));
        return ordered.stream().map(ViewCommands::create);
    }

    // It ends, for no view reads itself.
    private static void add(View view, Views views, Set<View> ordered) {
        view.reads().keySet().forEach(read -> views.find(read).ifPresent(other -> add(other, views, ordered)));
        ordered.add(view);
    }

    private static String create(View view) {
        String columns = view.columnNames().stream().map(Words::name).collect(Collectors.joining(", "));
        return "CREATE VIEW " + Words.table(view.name()) + " (" + columns + ") AS " + view.query();
    }
}
