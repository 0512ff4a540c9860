package io.fieldserve.umbridge;

import static io.fieldserve.fuzz.FuzzTarget.require;

import io.fieldserve.codec.DecodedInputs;
import io.fieldserve.codec.Json;
import io.fieldserve.fuzz.FuzzMemory;
import io.fieldserve.fuzz.FuzzTarget;
import io.fieldserve.prediction.RequestLimits;
import io.fieldserve.surrogate.Manifest;
import io.fieldserve.surrogate.ManifestFixture;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Bodies of UM-Bridge's calls, each answered as all of them. */
public final class CallFuzz implements FuzzTarget {

    private static final RequestLimits LIMITS = new RequestLimits(8, 1 << 16, Duration.ofSeconds(30));

    private final FuzzMemory memory = new FuzzMemory();
    private final List<Manifest> manifests =
            List.of(ManifestFixture.pair().manifest(), ManifestFixture.affine().manifest());

    @Override
    public void run(byte[] input) throws Exception {
        for (Manifest manifest : manifests) {
            for (OptionalLong length : List.of(OptionalLong.of(input.length), OptionalLong.empty())) {
                memory.refusal(() -> {
                    try (Call call = Call.read(Json.DEFAULT, new ByteArrayInputStream(input), length, memory)) {
                        answer(call, manifest);
                    }
                });
            }
        }
    }

    private static void answer(Call call, Manifest manifest) {
        SizedModel model = new SizedModel(manifest, call.config());
        require(model.inputSizes().stream().allMatch(size -> size > 0), "every input has a size");
        require(model.outputSizes().stream().allMatch(size -> size > 0), "every output has a size");
        call.config().options();
        try (DecodedInputs inputs = model.inputs(call.input(), LIMITS)) {
            require(inputs.fields().size() == manifest.inputs().size(), "all fields are there");
        }
    }

    @Override
    public Stream<byte[]> seeds() {
        return Stream.of(
                        "{\"name\": \"affine\", \"input\": [[1, 2, 3, 4, 5, 6]], \"config\": {\"grid\": [2, 3]}}",
                        "{\"config\": {\"outputs\": [\"mean\", \"members\"], \"level\": 0.9, \"members\": 2, \"version\": 1},"
                                + " \"input\": [[1, 2, 3, 4], [0.5]], \"name\": \"pair\"}",
                        "{\"name\": \"affine\", \"config\": {\"grid\": [2147483647, 2147483647]}, \"other\": {}}")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public List<String> words() {
        return List.of(
                "\"name\":",
                "\"input\":[[",
                "\"config\":{",
                "\"grid\":[",
                "\"outputs\":[",
                "\"level\":",
                "\"members\":",
                "\"version\":",
                "\"mean\"",
                "\"std\"",
                "\"lower\"",
                "\"members\"",
                "2147483647",
                "NaN",
                "null",
                "{}",
                "[]");
    }
}
