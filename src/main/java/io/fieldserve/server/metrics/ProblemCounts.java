package io.fieldserve.server.metrics;

import io.fieldserve.wire.Problem;
import io.fieldserve.wire.ProblemListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Counts the requests that were answered with a failure, by its kind. */
@Singleton
final class ProblemCounts implements ProblemListener {

    private final MeterProvider<Counter> problems;

    @Inject
    ProblemCounts(MeterRegistry registry) {
        problems = Counter.builder("fieldserve.problems")
                .description("Requests answered with a failure, by the last part of its problem type")
                .withRegistry(registry);
    }

    @Override
    public void replying(Problem problem) {
        problems.withTag("type", problem.kind()).increment();
    }
}
