package io.icespar.engine.functions;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** As {@link ExpressionsTest}, with other queries each time: part of {@code ./mvnw -Pqueries}. */
class OtherExpressions {
    @Property
    void aQueryGivesWhatTheReferenceGives(@ForAll("queries") String sql) throws Exception {
        ExpressionsTest.check(sql);
    }

    @Provide
    Arbitrary<String> queries() {
        return ExpressionsTest.anyQuery();
    }
}
