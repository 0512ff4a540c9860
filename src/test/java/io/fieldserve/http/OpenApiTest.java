package io.fieldserve.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.fieldserve.wire.ServiceTest;
import io.fieldserve.wire.TestArrays;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The API description is true: replies are what it says, and it says what is taken. */
@QuarkusTest
class OpenApiTest extends ServiceTest {

    @ParameterizedTest
    @CsvSource({
        "/v1/surrogates, SurrogateList",
        "/v1/surrogates/darcy-fno, SurrogateDescription",
        "/v1/surrogates/burgers-fno/versions/1, SurrogateDescription",
        "/v1/surrogates/burgers-fno/example?reference=true, Example",
        "/v1/surrogates/burgers-fno/example, Example",
        "/v1/surrogates/stokes, Problem"
    })
    void repliesAreWhatTheDescriptionSays(String path, String schema) {
        // When
        HttpResponse<byte[]> response = get(path, JSON);

        // Then
        assertThat(errors(schema, json(response))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?outputs=mean",
                "?members=2",
                "?outputs=members,lower",
                "?arrays=flat",
                "?arrays=flat&outputs=members"
            })
    void predictionsAreWhatTheDescriptionSays(String query) {
        // When
        HttpResponse<byte[]> response =
                post(PREDICT_DARCY + query, NPY, JSON, TestArrays.npy(TestArrays.permeability(64, 64)));

        // Then
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(errors("Prediction", json(response))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'shape': [2, 2], 'data': [1, 2, 3, 4]} | true",
                "[[1, 2], [3, 4]]                        | true",
                "{'shape': [2, 2]}                       | false",
                "{'shape': [4], 'data': ['1']}           | false",
                "[[1, 2], ['3', 4]]                      | false",
                "1                                       | false"
            })
    void inputArraysAreShapedOrNested(String array, boolean described) throws IOException {
        // Given
        JsonNode inputs = new ObjectMapper().readTree("{\"inputs\": {\"a\": " + array.replace('\'', '"') + "}}");

        // When
        List<String> errors = errors("PredictionInputs", inputs);

        // Then
        assertThat(errors.isEmpty()).as(errors.toString()).isEqualTo(described);
    }

    @Test
    void clientsAreGeneratedFromThisDescription() throws IOException {
        // Given
        Path committed = Path.of("clients/openapi/openapi.json");

        // When
        JsonNode description = description();

        // Then
        boolean same = description.equals(new ObjectMapper().readTree(committed.toFile()));
        assertThat(same)
                .as("%s is out of date: run clients/openapi/update", committed)
                .isTrue();
    }

    @Test
    void theCheckItselfCanFail() {
        // Given
        ObjectNode reply = (ObjectNode) json(get("/v1/surrogates", JSON));

        // When
        reply.put("surrogates", "none");

        // Then
        assertThat(errors("SurrogateList", reply)).isNotEmpty();
    }

    @Test
    void everyDescribedParameterIsTakenAndNoOther() {
        // When
        JsonNode operation =
                description().get("paths").get("/v1/surrogates/{name}/predict").get("post");

        // Then
        List<String> query = new ArrayList<>();
        operation.get("parameters").forEach(parameter -> {
            if (parameter.get("in").asText().equals("query")) {
                query.add(parameter.get("name").asText());
            }
        });
        JsonNode refusal = problem(post(PREDICT_DARCY + "?unknown=1", NPY, JSON, new byte[0]), 400);
        assertThat(refusal.get("expected").asText())
                .isEqualTo("one of the parameters " + query.stream().sorted().toList());
    }

    @Test
    void everyBodyFormatAndFailureIsDescribed() {
        // When
        JsonNode operation =
                description().get("paths").get("/v1/surrogates/{name}/predict").get("post");

        // Then
        assertThat(names(operation.get("requestBody").get("content"))).containsExactlyInAnyOrder(JSON, NPY, NPZ, RAW);
        assertThat(names(operation.get("responses").get("200").get("content")))
                .containsExactlyInAnyOrder(JSON, NPY, NPZ, RAW);
        assertThat(names(operation.get("responses")))
                .containsExactlyInAnyOrder(
                        "200", "400", "401", "403", "404", "406", "408", "413", "415", "422", "429", "500", "503",
                        "504");
        assertThat(description().get("openapi").asText()).startsWith("3.1");
    }

    @Test
    void everyOperationDescribesItsReply() {
        // When
        JsonNode paths = description().get("paths");

        // Then
        paths.forEach(path -> path.forEach(
                operation -> assertThat(operation.at("/responses/200/content").size())
                        .as(operation.get("operationId").asText())
                        .isPositive()));
    }

    @Test
    void theDescribedExampleIsAnsweredByTheDescribedSurrogate() {
        // Given
        JsonNode operation =
                description().get("paths").get("/v1/surrogates/{name}/predict").get("post");
        String body =
                operation.at("/requestBody/content/application~1json/example").toString();
        List<String> names = operation.get("parameters").findValuesAsText("example");

        // When
        HttpResponse<byte[]> response = post(
                "/v1/surrogates/" + names.getFirst() + "/predict", JSON, JSON, body.getBytes(StandardCharsets.UTF_8));

        // Then
        assertThat(response.statusCode()).isEqualTo(200);
    }

    @Test
    void theDescribedReplyIsOne() {
        // When
        JsonNode example = description()
                .get("paths")
                .get("/v1/surrogates/{name}/predict")
                .at("/post/responses/200/content/application~1json/example");

        // Then
        assertThat(example.isObject()).isTrue();
        assertThat(errors("Prediction", example)).isEmpty();
    }

    private static JsonNode description() {
        return json(get("/q/openapi?format=json", JSON));
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** What a value violates of a schema in the description. */
    static List<String> errors(String component, JsonNode value) {
        ObjectNode root = (ObjectNode) description();
        root.put("$ref", "#/components/schemas/" + component);
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(root);
        return schema.validate(value).stream().map(Error::toString).toList();
    }
}
