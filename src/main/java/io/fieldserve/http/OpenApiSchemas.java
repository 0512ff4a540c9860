package io.fieldserve.http;

import io.fieldserve.prediction.Quantity;
import io.fieldserve.tensor.DataType;
import io.fieldserve.wire.Problem;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/**
 * Says in the API description what annotations can't: that nested arrays of numbers are nested, and that every failure
 * is a problem.
 */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public final class OpenApiSchemas implements OASFilter {

    private static final String NUMBER_ARRAY = "NumberArray";

    /** Properties of replies that may be absent; every other one is always there. */
    private static final Map<String, Set<String>> OPTIONAL = Map.of(
            "PredictedField", Set.of("unit", "mean", "std", "lower", "upper", "members", "interval"),
            "Manifest",
                    Set.of(
                            "schema_version",
                            "pde",
                            "grid",
                            "golden",
                            "examples",
                            "calibration",
                            "test_errors",
                            "training",
                            "reference_solver",
                            "licence"),
            "Field", Set.of("symbol", "description", "unit", "range", "shape"),
            "FileDigest", Set.of("sha256"),
            "Example", Set.of("reference"),
            "Problem", Set.of("field", "parameter", "expected", "actual", "incident"));

    @Override
    public Operation filterOperation(Operation operation) {
        operation.getResponses().getAPIResponses().forEach((status, response) -> {
            if (status.startsWith("4") || status.startsWith("5")) {
                Schema problem = OASFactory.createSchema().ref("#/components/schemas/Problem");
                response.setContent(OASFactory.createContent()
                        .addMediaType(
                                Problem.MEDIA_TYPE, OASFactory.createMediaType().schema(problem)));
            }
        });
        return operation;
    }

    @Override
    public void filterOpenAPI(OpenAPI description) {
        Map<String, Schema> schemas = description.getComponents().getSchemas();
        schemas.forEach(OpenApiSchemas::requireProperties);
        describeNumberArray(schemas.get(NUMBER_ARRAY));
        schemas.get("DataType").setEnumeration(wireNames(DataType.values(), DataType::wireName));
        schemas.get("Quantity").setEnumeration(wireNames(Quantity.values(), Quantity::wireName));
    }

    private static void requireProperties(String name, Schema schema) {
        if (schema.getProperties() != null) {
            Set<String> optional = OPTIONAL.getOrDefault(name, Set.of());
            schema.setRequired(schema.getProperties().keySet().stream()
                    .filter(property -> !optional.contains(property))
                    .toList());
        }
    }

    private static <E> List<Object> wireNames(E[] values, Function<E, String> wireName) {
        return Arrays.stream(values).<Object>map(wireName).toList();
    }

    private static void describeNumberArray(Schema numbers) {
        Schema number = OASFactory.createSchema().type(List.of(SchemaType.NUMBER, SchemaType.NULL));
        Schema nested = OASFactory.createSchema().ref("#/components/schemas/" + NUMBER_ARRAY);
        numbers.setProperties(null);
        numbers.setType(List.of(SchemaType.ARRAY));
        numbers.setItems(OASFactory.createSchema().anyOf(List.of(number, nested)));
    }
}
