package io.fieldserve.openinference.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldserve.openinference.rest.InferExchange.Answer;
import io.fieldserve.tensor.Tensor;
import io.fieldserve.wire.ServiceTest;
import io.fieldserve.wire.TestArrays;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mean and std are those that PyTorch computed and saved, in both content modes; to what accuracy, see ParityTest. */
@QuarkusTest
class GoldenTest extends ServiceTest {

    private static final double TOLERANCE = 1e-5;

    @ParameterizedTest
    @CsvSource({
        "burgers-fno, initial_velocity, final_velocity, false",
        "burgers-fno, initial_velocity, final_velocity, true",
        "darcy-fno,   permeability,     pressure,       false",
        "darcy-fno,   permeability,     pressure,       true"
    })
    void servesWhatPyTorchSaved(String model, String input, String output, boolean binary) {
        // Given
        Path golden = Path.of("models/repository", model, "1/golden.npz");
        Map<String, Tensor> saved = TestArrays.read(golden, List.of(input, "mean", "std"));
        float[] values = floats(saved.get(input));
        byte[] tensor = InferExchange.bytes(values);
        String data = binary
                ? "\"parameters\": {\"binary_data_size\": " + tensor.length + "}"
                : "\"data\": " + Arrays.toString(values);
        String json = ("{\"parameters\": {\"binary_data_output\": %s},"
                        + " \"inputs\": [{\"name\": \"%s\", \"datatype\": \"FP32\", \"shape\": %s, %s}]}")
                .formatted(binary, input, saved.get(input).shape(), data);
        String path = "/v2/models/" + model + "/infer";

        // When
        Answer answer = InferExchange.answer(
                binary ? InferExchange.infer(path, json, tensor) : InferExchange.infer(path, json));

        // Then
        float[] mean = floats(saved.get("mean"));
        double norm = distance(mean, new float[mean.length]);
        assertThat(answer.output(0).get("shape").toString())
                .isEqualTo(saved.get("mean").shape().toString().replace(" ", ""));
        assertThat(distance(answer.outputs().get(output), mean)).isLessThan(TOLERANCE * norm);
        assertThat(distance(answer.outputs().get(output + ".std"), floats(saved.get("std"))))
                .isLessThan(TOLERANCE * norm);
    }

    private static float[] floats(Tensor tensor) {
        FloatBuffer buffer = tensor.floats();
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }

    private static double distance(float[] one, float[] other) {
        assertThat(one).hasSameSizeAs(other);
        double squares = 0;
        for (int i = 0; i < one.length; i++) {
            squares += Math.pow((double) one[i] - other[i], 2);
        }
        return Math.sqrt(squares);
    }
}
