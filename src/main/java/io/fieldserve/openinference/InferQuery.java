package io.fieldserve.openinference;

import io.fieldserve.batching.Deadline;
import io.fieldserve.batching.Priority;
import io.fieldserve.batching.Urgency;
import io.fieldserve.prediction.Failure;
import io.fieldserve.prediction.PredictionOptions;
import io.fieldserve.prediction.Quantity;
import io.fieldserve.surrogate.Calibration;
import io.fieldserve.surrogate.Guarantee;
import io.fieldserve.surrogate.Manifest;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an inference asks for beside its inputs.
 *
 * <p>Parameters of the request that are understood: {@code timeout} (microseconds; 0 is as long as the service allows) and
 * {@code priority} (0 default, 1 highest, 2 as the default, higher ones after all others) of the scheduling extension,
 * and the native API's {@code level}, {@code guarantee} and {@code members}.
 *
 * @param id echoed in the answer
 * @param outputs asked for; if empty, mean and std of every field
 */
public record InferQuery(Optional<String> id, Parameters parameters, List<RequestedOutput> outputs) {

    private static final long NORMAL_PRIORITY = 2;

    public InferQuery {
        outputs = List.copyOf(outputs);
    }

    /** An output that is asked for by its name. */
    public record RequestedOutput(String name, Parameters parameters) {}

    /**
     * The outputs to answer with, in the order in which they were asked for.
     *
     * @throws io.fieldserve.prediction.FailureException the model lacks one, or one is asked for twice, as classes or
     *     in shared memory
     */
    List<ModelOutput> wanted(Manifest manifest) {
        if (outputs.isEmpty()) {
            return ModelOutput.of(manifest).stream()
                    .filter(output -> defaults().contains(output.quantity()))
                    .toList();
        }
        List<ModelOutput> wanted =
                outputs.stream().map(output -> wanted(output, manifest)).toList();
        if (wanted.stream().distinct().count() < wanted.size()) {
            throw new Failure.InvalidParameter("outputs", "each output once", "one of them twice").asException();
        }
        return wanted;
    }

    /** A single member has no std. */
    private Set<Quantity> defaults() {
        return members().orElse(Integer.MAX_VALUE) == 1 ? Set.of(Quantity.MEAN) : Set.of(Quantity.MEAN, Quantity.STD);
    }

    private static ModelOutput wanted(RequestedOutput output, Manifest manifest) {
        if (output.parameters().count("classification").orElse(0) > 0) {
            throw output.parameters().invalid("classification", "none, as outputs are fields and not classes");
        }
        if (output.parameters().has("shared_memory_region")) {
            throw output.parameters().invalid("shared_memory_region", "none, as shared memory is not offered");
        }
        return ModelOutput.named(output.name(), manifest);
    }

    /** The native options that stand for this query. */
    PredictionOptions options(List<ModelOutput> wanted) {
        return new PredictionOptions(
                parameters.number("level").orElse(Calibration.DEFAULT_LEVEL),
                parameters.text("guarantee").map(this::guarantee).orElse(Guarantee.POINTWISE),
                members(),
                wanted.stream().map(ModelOutput::quantity).collect(Collectors.toSet()));
    }

    private Guarantee guarantee(String name) {
        return Arrays.stream(Guarantee.values())
                .filter(guarantee -> guarantee.wireName().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> parameters.invalid("guarantee", "pointwise or simultaneous"));
    }

    private OptionalInt members() {
        return parameters.count("members").stream()
                .mapToInt(count -> (int) Math.min(count, Integer.MAX_VALUE))
                .findFirst();
    }

    /** When the answer is wanted, at the latest after {@code longest}. */
    Urgency urgency(Duration longest) {
        Duration asked = Duration.of(parameters.count("timeout").orElse(0), ChronoUnit.MICROS);
        Duration wait = asked.isZero() || asked.compareTo(longest) > 0 ? longest : asked;
        return new Urgency(priority(), Deadline.after(System.nanoTime(), wait));
    }

    private Priority priority() {
        long level = parameters.count("priority").orElse(0);
        if (level == 0 || level == NORMAL_PRIORITY) {
            return Priority.NORMAL;
        }
        return level < NORMAL_PRIORITY ? Priority.HIGH : Priority.LOW;
    }
}
