package io.fieldserve.openinference;

import static io.fieldserve.fuzz.FuzzTarget.require;

import io.fieldserve.surrogate.Manifest;
import java.time.Duration;
import java.util.List;

/** What becomes of a query once it has been read, in either protocol. */
public final class QueryFuzz {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private QueryFuzz() {}

    /** Asks everything of a query. */
    public static void ask(InferQuery query, Manifest manifest) {
        List<ModelOutput> wanted = query.wanted(manifest);
        require(!wanted.isEmpty(), "some output is wanted");
        query.options(wanted);
        Duration wait = query.urgency(LONGEST).deadline().time();
        require(wait.isPositive() && wait.compareTo(LONGEST) <= 0, "no wait is longer than the longest");
    }
}
