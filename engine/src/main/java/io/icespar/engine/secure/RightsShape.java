package io.icespar.engine.secure;

import io.icespar.engine.sql.SqlFrontend;
import io.icespar.security.identity.TableName;
import io.icespar.security.mask.Mask;
import io.icespar.security.privilege.Scope;
import io.icespar.security.restriction.EffectiveRestriction;
import java.util.Map;

/**
 * What someone may see, whoever it is: all that a plan is made from beside the query and the caller's own values, in one
 * security state. Callers whose rights have equal shapes get equal plans.
 *
 * @param frontend which knows of nothing but what exists for them
 * @param administers whether they administer
 * @param restrictions what holds on each table that is restricted for them
 * @param masks what stands in place of columns for them
 */
public record RightsShape(
        SqlFrontend frontend,
        boolean administers,
        Map<TableName, EffectiveRestriction> restrictions,
        Map<Scope.OfColumn, Mask> masks) {
    /** Checks and copies. */
    public RightsShape {
        restrictions = Map.copyOf(restrictions);
        masks = Map.copyOf(masks);
    }
}
