package io.fieldserve.openinference.grpc;

import io.grpc.Context;
import java.util.Optional;

/** The name of whoever makes a call, where callers have to say who they are. */
public final class CallerName {

    private static final Context.Key<String> KEY = Context.key("fieldserve-caller");

    private CallerName() {}

    /** Of the call that this thread works for. */
    public static Optional<String> current() {
        return Optional.ofNullable(KEY.get());
    }

    /** A context for a call of somebody by this name. */
    public static Context of(String name) {
        return Context.current().withValue(KEY, name);
    }
}
