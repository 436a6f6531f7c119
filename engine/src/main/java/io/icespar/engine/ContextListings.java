package io.icespar.engine;

import io.icespar.engine.catalog.Cube;
import io.icespar.engine.cube.CubeShape;
import io.icespar.engine.plan.ResultColumn;
import io.icespar.engine.sql.SqlFrontend;
import io.icespar.security.context.ContextValues;
import io.icespar.security.context.ResolvedValue;
import io.icespar.security.context.TypedValue;
import io.icespar.security.context.ValueSource;
import io.icespar.security.cube.DefaultMember;
import io.icespar.security.cube.Hierarchy;
import io.icespar.security.identity.Grantee;
import io.icespar.security.identity.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What {@code SHOW} gives of context values: to each caller the caller's own. */
final class ContextListings {
    static final List<ResultColumn> ONE = List.of(Listings.text("VALUE"));

    static final List<ResultColumn> ALL = List.of(
            Listings.text("CONTEXT_VALUE_NAME"),
            Listings.text("DATA_TYPE"),
            Listings.text("VALUE"),
            Listings.text("SET_BY"),
            Listings.text("OVERRIDDEN"));

    private ContextListings() {}

    static List<@Nullable Object[]> one(ContextValues values, Name name) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        rows.add(new @Nullable Object[] {
            values.get(name).value().map(TypedValue::toString).orElse(null)
        });
        return rows;
    }

    /** Context values, and the default members of hierarchies, which are such values too. */
    static List<@Nullable Object[]> all(ContextValues values, SqlFrontend frontend) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (ResolvedValue value : values.all()) {
            rows.add(new @Nullable Object[] {
                value.definition().name().spelling(),
                value.definition().type().toString(),
                value.value().map(TypedValue::toString).orElse(null),
                value.setting().map(setting -> setting.source().toString()).orElse(null),
                value.overridden().stream()
                        .map(setting -> setting.source() + ": " + setting.value())
                        .collect(Collectors.joining("; "))
            });
        }
        for (Cube cube : frontend.catalog().cubes()) {
            List<Hierarchy> hierarchies =
                    frontend.shape(cube).map(CubeShape::wholeHierarchies).orElse(List.of());
            for (Hierarchy hierarchy : hierarchies) {
                DefaultMember member = cube.defaultMembers().get(hierarchy.name());
                if (member != null) {
                    rows.add(new @Nullable Object[] {
                        "default member of " + member.hierarchy(),
                        "MEMBER",
                        member.member().toString(),
                        setBy(member.grantee()),
                        ""
                    });
                }
            }
        }
        return rows;
    }

    private static String setBy(Grantee grantee) {
        return grantee instanceof Grantee.Role role
                ? new ValueSource.Role(role.name(), false).toString()
                : new ValueSource.User().toString();
    }
}
