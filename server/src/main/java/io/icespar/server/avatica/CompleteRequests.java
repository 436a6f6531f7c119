package io.icespar.server.avatica;

import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.remote.LocalService;
import org.jspecify.annotations.Nullable;

/** Avatica's service, for requests that have all without which they cannot be carried out; others are malformed. */
final class CompleteRequests extends LocalService {
    CompleteRequests(Meta meta) {
        super(meta);
    }

    private static void check(@Nullable Object part) {
        if (part == null) {
            throw new MalformedRequest(new IllegalArgumentException("a part is missing"));
        }
    }

    @Override
    public ConnectionSyncResponse apply(ConnectionSyncRequest request) {
        check(request.connProps);
        return super.apply(request);
    }

    @Override
    public ExecuteResponse apply(ExecuteRequest request) {
        check(request.statementHandle);
        return super.apply(request);
    }

    @Override
    public PrepareResponse apply(PrepareRequest request) {
        check(request.sql);
        return super.apply(request);
    }

    @Override
    public ExecuteResponse apply(PrepareAndExecuteRequest request) {
        check(request.sql);
        return super.apply(request);
    }
}
