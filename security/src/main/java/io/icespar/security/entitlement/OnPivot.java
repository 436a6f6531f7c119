package io.icespar.security.entitlement;

import io.icespar.security.cube.HierarchyName;
import io.icespar.security.cube.Part;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import java.util.ArrayList;
import java.util.List;

/** Writes down what holders of a role get of one cube. For one thread. */
public final class OnPivot {
    private final EntitlementsBuilder builder;
    private final Name role;
    private final TableName cube;

    OnPivot(EntitlementsBuilder builder, Name role, TableName cube) {
        this.builder = builder;
        this.role = role;
        this.cube = cube;
    }

    /** Goes on with what of the cube exists for holders of the role, and what is shown where nobody asks otherwise. */
    public MdxContext withMdxContext() {
        return new MdxContext();
    }

    /** Goes on with the rows that holders of the role see. */
    public SubCubeProperties withSubCubeProperties() {
        return new SubCubeProperties();
    }

    /** Goes on with another cube. */
    public OnPivot onPivot(String schema, String other) {
        return builder.forRole(role.spelling()).onPivot(schema, other);
    }

    /** Goes on with what comes with another role. */
    public EntitlementsBuilder.ForRole forRole(String other) {
        return builder.forRole(other);
    }

    /** Ends what is said of the cube. */
    public EntitlementsBuilder.ForRole end() {
        return builder.forRole(role.spelling());
    }

    /** All that was said, of all roles. */
    public Entitlements build() {
        return builder.build();
    }

    private HierarchyName hierarchy(String name) {
        return new HierarchyName(cube, Name.of(name));
    }

    /** What of the cube exists for holders of the role. */
    public final class MdxContext {
        private MdxContext() {}

        /**
         * Shows or hides a dimension: all its hierarchies, but for those of which something is said themselves. What is
         * said to a role of higher authority is heard before.
         */
        public MdxContext overrideDimensionVisibility(String dimension, boolean isVisible) {
            return override(Part.Kind.DIMENSION, dimension, isVisible);
        }

        /** Shows or hides a hierarchy with all its levels. */
        public MdxContext overrideHierarchyVisibility(String hierarchy, boolean isVisible) {
            return override(Part.Kind.HIERARCHY, hierarchy, isVisible);
        }

        /** Shows or hides a measure. */
        public MdxContext overrideMeasureVisibility(String measure, boolean isVisible) {
            return override(Part.Kind.MEASURE, measure, isVisible);
        }

        private MdxContext override(Part.Kind kind, String name, boolean isVisible) {
            builder.say(new Entitlement.Visibility(role, new Part(cube, kind, Name.of(name)), isVisible));
            return this;
        }

        /**
         * Takes queries that do not name the hierarchy at one of its members.
         *
         * @param path the member of the first level, of the second, and so on; of the types that {@link
         *     EntitlementsBuilder.ForRole#withContextValue} takes, but no lists
         */
        public MdxContext withDefaultMember(String hierarchy, Object... path) {
            builder.say(new Entitlement.DefaultMember(role, hierarchy(hierarchy), List.of(path)));
            return this;
        }

        /** Ends this part. */
        public OnPivot end() {
            return OnPivot.this;
        }
    }

    /** The rows that holders of the role see. */
    public final class SubCubeProperties {
        private SubCubeProperties() {}

        /** Lets holders of the role see the rows of certain members only, in the cube and in the tables beneath. */
        public SubCubeMembers grantMembers() {
            return new SubCubeMembers();
        }

        /** Ends this part. */
        public OnPivot end() {
            return OnPivot.this;
        }
    }

    /** A grant of members that does not say yet of which hierarchy. */
    public final class SubCubeMembers {
        private SubCubeMembers() {}

        /** Says of which hierarchy. */
        public HierarchyMembers onHierarchy(String hierarchy) {
            return new HierarchyMembers(hierarchy(hierarchy));
        }
    }

    /** The members of one hierarchy that are granted. */
    public final class HierarchyMembers {
        private final HierarchyName hierarchy;
        private final List<List<Object>> paths = new ArrayList<>();

        private HierarchyMembers(HierarchyName hierarchy) {
            this.hierarchy = hierarchy;
        }

        /** Grants a member and all below it; the path as for {@link MdxContext#withDefaultMember}. */
        public HierarchyMembers memberPath(Object... path) {
            paths.add(List.of(path));
            return this;
        }

        /** Goes on with another hierarchy: rows are seen that are of members granted of both. */
        public HierarchyMembers onHierarchy(String other) {
            end();
            return new HierarchyMembers(hierarchy(other));
        }

        /** Ends the list of members. */
        public OnPivot end() {
            builder.say(new Entitlement.HierarchyMembers(role, hierarchy, paths));
            return OnPivot.this;
        }
    }
}
