package fieldserve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import fieldserve.client.ApiClient;
import fieldserve.client.ApiException;
import fieldserve.client.ApiResponse;
import fieldserve.client.api.SurrogatesApi;
import fieldserve.client.model.ArrayForm;
import fieldserve.client.model.FlatArrays;
import fieldserve.client.model.InputArray;
import fieldserve.client.model.PredictedField;
import fieldserve.client.model.Prediction;
import fieldserve.client.model.PredictionInputs;
import fieldserve.client.model.Problem;
import fieldserve.client.model.Quantity;
import fieldserve.client.model.SurrogateDescription;
import fieldserve.client.model.SurrogateSummary;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The generated client against the service at FIELDSERVE_URL. What it predicts is compared with what the trainer saved
 * beside darcy-fno's members, of which the first case is taken.
 */
class GeneratedClientTest {

    private static final Path GOLDEN = Path.of("../../models/repository/darcy-fno/1/golden.npz");

    private final Map<String, float[]> golden;
    private final float[] permeability;
    private final SurrogatesApi service;

    GeneratedClientTest() throws IOException {
        String url = System.getenv("FIELDSERVE_URL");
        service = new SurrogatesApi(new ApiClient().setBasePath(url));
        golden = NpzArrays.read(Files.readAllBytes(GOLDEN));
        golden.replaceAll((name, cases) -> Arrays.copyOf(cases, 64 * 64));
        permeability = golden.get("permeability");
    }

    @Test
    void listsWhatIsServed() throws ApiException {
        // When
        List<SurrogateSummary> served = service.listSurrogates().execute().getSurrogates();

        // Then
        assertThat(served).extracting(SurrogateSummary::getName).contains("burgers-fno", "darcy-fno");
        assertThat(served.get(1).getInputs()).containsExactly("permeability");
        assertThat(served.get(1).getVersions()).contains(1);
    }

    @Test
    void describesASurrogate() throws ApiException {
        // When
        SurrogateDescription darcy = service.describeSurrogate("darcy-fno").execute();

        // Then
        assertThat(darcy.getManifest().getGrid().getTrained()).containsExactly(64, 64);
        assertThat(darcy.getManifest().getEnsemble().getMembers()).isEqualTo(5);
        assertThat(darcy.getManifest().getOutputs().getFirst().getName()).isEqualTo("pressure");
    }

    @Test
    void predictsFromJson() throws ApiException {
        // Given
        var field = new InputArray().shape(List.of(64L, 64L)).data(list(permeability));
        var inputs = new PredictionInputs().putInputsItem("permeability", field);

        // When
        Prediction prediction = service.predictWithJsonAsJson("darcy-fno", inputs)
                .arrays(ArrayForm.FLAT)
                .execute();

        // Then
        PredictedField pressure = prediction.getOutputs().get("pressure");
        assertThat(pressure.getShape()).containsExactly(64L, 64L);
        assertThat(distance(pressure.getFlat().getMean(), golden.get("mean"))).isLessThan(1e-5);
        assertThat(distance(pressure.getFlat().getStd(), golden.get("std"))).isLessThan(1e-4);
        assertThat(pressure.getInterval().getLevel()).isEqualTo(0.9);
    }

    @Test
    void predictsFromRawBytesWhatItPredictsFromJson() throws ApiException {
        // Given
        ByteBuffer bytes = ByteBuffer.allocate(4 * permeability.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(permeability);

        // When
        ApiResponse<byte[]> reply = service.predictWithOctetStreamAsOctetStream("darcy-fno", bytes.array())
                .shape("64,64")
                .outputs(List.of(Quantity.MEAN))
                .executeWithHttpInfo();

        // Then
        float[] mean = new float[permeability.length];
        ByteBuffer.wrap(reply.getData())
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(mean);
        assertThat(list(mean)).isEqualTo(fromJson().getMean());
        assertThat(reply.getHeaders().get("fieldserve-shape")).containsExactly("64,64");
    }

    @Test
    void predictsFromAnArchiveWhatItPredictsFromJson() throws ApiException, IOException {
        // Given
        byte[] archive = NpzArrays.write("permeability", "64, 64", permeability);

        // When
        byte[] reply = service.predictWithXNpzAsXNpz("darcy-fno", archive).execute();

        // Then
        Map<String, float[]> arrays = NpzArrays.read(reply);
        assertThat(list(arrays.get("mean"))).isEqualTo(fromJson().getMean());
        assertThat(list(arrays.get("std"))).isEqualTo(fromJson().getStd());
        assertThat(list(arrays.get("lower"))).isEqualTo(fromJson().getLower());
        assertThat(list(arrays.get("upper"))).isEqualTo(fromJson().getUpper());
    }

    @Test
    void readsAFailureAsAnObject() {
        // Given
        InputArray tooCoarse = new InputArray().shape(List.of(8L, 64L)).data(list(new float[8 * 64]));
        var inputs = new PredictionInputs().putInputsItem("permeability", tooCoarse);

        // When
        ApiException failure = catchThrowableOfType(
                ApiException.class,
                () -> service.predictWithJsonAsJson("darcy-fno", inputs).execute());

        // Then
        Problem problem = assertDoesNotThrow(() -> Problem.fromJson(failure.getResponseBody()));
        assertThat(problem.getStatus()).isEqualTo(422);
        assertThat(problem.getType()).isEqualTo("urn:fieldserve:problem:invalid-input");
        assertThat(problem.getField()).isEqualTo("permeability");
        assertThat(problem.getExpected()).isEqualTo("32 to 512 points along y");
        assertThat(problem.getActual()).isEqualTo("shape [8, 64]");
    }

    private FlatArrays fromJson() throws ApiException {
        InputArray field = new InputArray().shape(List.of(64L, 64L)).data(list(permeability));
        return service.predictWithJsonAsJson("darcy-fno", new PredictionInputs().putInputsItem("permeability", field))
                .arrays(ArrayForm.FLAT)
                .execute()
                .getOutputs()
                .get("pressure")
                .getFlat();
    }

    private static List<Float> list(float[] values) {
        List<Float> list = new ArrayList<>(values.length);
        for (float value : values) {
            list.add(value);
        }
        return list;
    }

    /** Relative distance in the Euclidean norm. */
    private static double distance(List<Float> values, float[] expected) {
        assertThat(values).hasSize(expected.length);
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < expected.length; i++) {
            difference += Math.pow(values.get(i) - (double) expected[i], 2);
            norm += Math.pow(expected[i], 2);
        }
        return Math.sqrt(difference / norm);
    }
}
