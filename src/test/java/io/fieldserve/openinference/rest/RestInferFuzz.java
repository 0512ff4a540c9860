package io.fieldserve.openinference.rest;

import io.fieldserve.codec.Json;
import io.fieldserve.fuzz.FuzzMemory;
import io.fieldserve.fuzz.FuzzTarget;
import io.fieldserve.openinference.ModelMetadata;
import io.fieldserve.openinference.QueryFuzz;
import io.fieldserve.prediction.InputContract;
import io.fieldserve.prediction.InputRules;
import io.fieldserve.prediction.RequestLimits;
import io.fieldserve.surrogate.Manifest;
import io.fieldserve.surrogate.ManifestFixture;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Bodies of an inference over REST. Where the input begins with a line of digits, that is the length of the JSON; 0 is a body
 * without JSON.
 */
public final class RestInferFuzz implements FuzzTarget {

    private static final RequestLimits LIMITS = new RequestLimits(8, 1 << 16, Duration.ofSeconds(30));

    private final FuzzMemory memory = new FuzzMemory();
    private final List<Manifest> manifests =
            List.of(ManifestFixture.pair().manifest(), ManifestFixture.affine().manifest());

    @Override
    public void run(byte[] input) throws Exception {
        String head = new String(input, 0, Math.min(input.length, 20), StandardCharsets.ISO_8859_1);
        int line = head.indexOf('\n');
        OptionalLong jsonLength = line > 0 && head.substring(0, line).matches("[0-9]{1,18}")
                ? OptionalLong.of(Long.parseLong(head.substring(0, line)))
                : OptionalLong.empty();
        byte[] body = jsonLength.isPresent() ? Arrays.copyOfRange(input, line + 1, input.length) : input;
        for (Manifest manifest : manifests) {
            for (OptionalLong length : List.of(OptionalLong.of(body.length), OptionalLong.empty())) {
                memory.refusal(() -> {
                    try (InferRequest request = read(manifest, jsonLength, new ByteArrayInputStream(body), length)) {
                        QueryFuzz.ask(request.query(), manifest);
                    }
                });
            }
        }
    }

    private InferRequest read(Manifest manifest, OptionalLong jsonLength, InputStream body, OptionalLong length) {
        InputContract contract = new InputRules(manifest, LIMITS);
        return jsonLength.isPresent() && jsonLength.getAsLong() == 0
                ? RawMode.read(ModelMetadata.of(manifest, List.of(1)), contract, memory, body, length)
                : new InferRequestReader(Json.DEFAULT, contract, memory, body, length).read(jsonLength);
    }

    @Override
    public Stream<byte[]> seeds() {
        String binary = """
                {"inputs":[{"name":"permeability","shape":[1,1,2,3],"datatype":"FP16","parameters":{"binary_data_size":12}}]}""";
        return Stream.of("""
                        {"id":"1","parameters":{"timeout":5,"priority":1,"level":0.9,"guarantee":"pointwise","members":2},
                         "inputs":[{"name":"permeability","shape":[1,1,2,3],"datatype":"FP32","data":[1,2,3,4,5,6]}],
                         "outputs":[{"name":"pressure","parameters":{"binary_data":true}}]}""", """
                        {"inputs":[{"data":[[[1,2],[3,4]]],"name":"forcing","datatype":"INT32","shape":[1,2,2]},
                         {"name":"viscosity","shape":[1,1],"datatype":"FP64","data":[0.5],"parameters":null}]}""", binary.length() + "\n" + binary + "0123456789ab", "0\n" + "0123456789abcdef01234567")
                .map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public List<String> words() {
        return List.of(
                "\"inputs\":[{",
                "\"name\":\"permeability\"",
                "\"name\":\"forcing\"",
                "\"name\":\"viscosity\"",
                "\"shape\":[1,1,2,3]",
                "\"datatype\":\"FP32\"",
                "\"BF16\"",
                "\"BOOL\"",
                "\"BYTES\"",
                "\"UINT64\"",
                "\"data\":[",
                "\"parameters\":{",
                "\"binary_data_size\":",
                "\"outputs\":[{",
                "\"binary_data\":true",
                "\"classification\":1",
                "\"members\":",
                "null");
    }
}
