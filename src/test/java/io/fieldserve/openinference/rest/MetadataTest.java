package io.fieldserve.openinference.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldserve.wire.ServiceTest;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the service says of itself and of its models. */
@QuarkusTest
class MetadataTest extends ServiceTest {

    /** KServe's client reads these bodies; Triton's looks at the status alone. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v2/health/live                       | {'live': true}",
                "/v2/health/ready                      | {'ready': true}",
                "/v2/models/darcy-fno/ready            | {'name': 'darcy-fno', 'ready': true}",
                "/v2/models/darcy-fno/versions/1/ready | {'name': 'darcy-fno', 'ready': true}",
                "/v2/models                            | {'models': ['burgers-fno', 'darcy-fno']}"
            },
            quoteCharacter = '`')
    void saysThatItIsUp(String path, String expected) {
        // When
        HttpResponse<byte[]> response = get(path, JSON);

        // Then
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response)).isEqualTo(parse(expected));
    }

    @Test
    void namesTheServerAndItsExtensions() {
        // When
        JsonNode server = json(get("/v2", JSON));

        // Then
        assertThat(server.fieldNames()).toIterable().containsExactlyInAnyOrder("name", "version", "extensions");
        assertThat(server.get("name").asText()).isEqualTo("fieldserve");
        assertThat(server.get("version").asText()).matches("[0-9]+\\.[0-9]+\\.[0-9]+.*");
        assertThat(server.get("extensions"))
                .extracting(JsonNode::asText)
                .contains(
                        "binary_tensor_data",
                        "model_configuration",
                        "model_repository",
                        "parameters",
                        "schedule_policy",
                        "statistics")
                .doesNotContain("classification", "sequence", "cuda_shared_memory", "system_shared_memory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v2/models/darcy-fno", "/v2/models/darcy-fno/versions/1"})
    void describesTheTensorsOfAModel(String path) {
        // When
        JsonNode model = json(get(path, JSON));

        // Then: y and x vary between 32 and 512, the batch between 1 and 256
        assertThat(model).isEqualTo(parse("""
                        {
                          'name': 'darcy-fno',
                          'versions': ['1'],
                          'platform': 'onnx_onnxv1',
                          'inputs': [{'name': 'permeability', 'datatype': 'FP32', 'shape': [-1, 1, -1, -1]}],
                          'outputs': [
                            {'name': 'pressure', 'datatype': 'FP32', 'shape': [-1, 1, -1, -1]},
                            {'name': 'pressure.std', 'datatype': 'FP32', 'shape': [-1, 1, -1, -1]},
                            {'name': 'pressure.lower', 'datatype': 'FP32', 'shape': [-1, 1, -1, -1]},
                            {'name': 'pressure.upper', 'datatype': 'FP32', 'shape': [-1, 1, -1, -1]},
                            {'name': 'pressure.members', 'datatype': 'FP32', 'shape': [5, -1, 1, -1, -1]}
                          ]
                        }"""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v2/models/burgers-fno/config", "/v2/models/burgers-fno/versions/1/config"})
    void configuresAModelAsTritonWould(String path) {
        // When
        JsonNode configuration = json(get(path, JSON));

        // Then: dims leave out a leading batch
        assertThat(configuration.get("name").asText()).isEqualTo("burgers-fno");
        assertThat(configuration.get("platform").asText()).isEqualTo("onnxruntime_onnx");
        assertThat(configuration.get("backend").asText()).isEqualTo("onnxruntime");
        assertThat(configuration.get("max_batch_size").asInt()).isEqualTo(256);
        assertThat(configuration.get("input"))
                .isEqualTo(parse("[{'name': 'initial_velocity', 'data_type': 'TYPE_FP32', 'dims': [1, -1]}]"));
        assertThat(configuration.get("output"))
                .contains(
                        parse("{'name': 'final_velocity', 'data_type': 'TYPE_FP32', 'dims': [1, -1]}"),
                        parse("{'name': 'final_velocity.members', 'data_type': 'TYPE_FP32', 'dims': [5, -1, 1, -1]}"))
                .hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "  ", "{}", "{'ready': true}", "{'ready': false}", "{'ready': null, 'repository_name': 'x'}"
            })
    void indexesTheRepository(String body) {
        // When
        HttpResponse<byte[]> response = postIndex(body);

        // Then
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response)).isEqualTo(parse("""
                        [
                          {'name': 'burgers-fno', 'version': '1', 'state': 'READY', 'reason': ''},
                          {'name': 'darcy-fno', 'version': '1', 'state': 'READY', 'reason': ''}
                        ]"""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "true", "{'ready': 'yes'}", "{'ready': true", "{} {}"})
    void refusesAnIndexRequestThatIsNone(String body) {
        // When
        HttpResponse<byte[]> response = postIndex(body);

        // Then
        assertThat(InferExchange.error(response, 400)).contains("expected");
    }

    private static HttpResponse<byte[]> postIndex(String body) {
        return post("/v2/repository/index", JSON, JSON, body.replace('\'', '"').getBytes(UTF_8));
    }

    /** JSON in single quotes. */
    private static JsonNode parse(String json) {
        return InferExchange.parse(json.replace('\'', '"').getBytes(UTF_8));
    }
}
