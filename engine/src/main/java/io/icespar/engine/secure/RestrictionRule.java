package io.icespar.engine.secure;

import io.icespar.engine.catalog.RestrictedScan;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;

/**
 * Planner rule that turns a {@link RestrictedScan} into the rows that the caller may see.
 *
 * <p>The caller's {@link Rights} are the planner's context; without them the rule fails and so does the query. It runs
 * in a pass of its own, where every scan must be turned: no cost decides about it.
 */
final class RestrictionRule extends RelRule<RestrictionRule.Config> {

    private RestrictionRule(Config config) {
        super(config);
    }

    @Override
    public void onMatch(RelOptRuleCall call) {
        Rights rights = call.getPlanner().getContext().unwrapOrThrow(Rights.class);
        RestrictedScan scan = call.rel(0);
        call.transformTo(rights.visibleRows(scan));
    }

    /** The rule's configuration; there is nothing to configure. */
    record Config(
            OperandTransform operandSupplier,
            org.apache.calcite.tools.RelBuilderFactory relBuilderFactory,
            @org.jspecify.annotations.Nullable String description)
            implements RelRule.Config {

        static final Config DEFAULT = new Config(
                operand -> operand.operand(RestrictedScan.class).noInputs(),
                org.apache.calcite.rel.core.RelFactories.LOGICAL_BUILDER,
                "RestrictionRule");

        @Override
        public RestrictionRule toRule() {
            return new RestrictionRule(this);
        }

        @Override
        public Config withRelBuilderFactory(org.apache.calcite.tools.RelBuilderFactory factory) {
            return new Config(operandSupplier, factory, description);
        }

        @Override
        public Config withDescription(@org.jspecify.annotations.Nullable String text) {
            return new Config(operandSupplier, relBuilderFactory, text);
        }

        @Override
        public Config withOperandSupplier(OperandTransform transform) {
            return new Config(transform, relBuilderFactory, description);
        }
    }
}
