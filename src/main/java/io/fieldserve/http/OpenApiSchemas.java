package io.fieldserve.http;

import io.fieldserve.batching.Priority;
import io.fieldserve.prediction.Quantity;
import io.fieldserve.tensor.DataType;
import io.fieldserve.wire.Problem;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/**
 * Says in the API description what annotations can't: that nested arrays of numbers are nested, and that every failure
 * is a problem. Alternatives are conditions rather than unions ({@code oneOf}): as true to a validator, and passed over
 * by client generators, whose classes for unions of arrays lose elements or refuse them.
 */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public final class OpenApiSchemas implements OASFilter {

    private static final String NUMBER_ARRAY = "NumberArray";

    /**
     * Stands for {@link Problem#MEDIA_TYPE} beside binary replies. Generated clients ask for any type with "json" in its
     * name among those of an operation, failures included, rather than for the binary one
     * (OpenAPITools/openapi-generator#24948).
     */
    private static final String ANY_APPLICATION_TYPE = "application/*";

    /** Properties of replies that may be absent; every other one is always there. */
    private static final Map<String, Set<String>> OPTIONAL = Map.of(
            "PredictedField", Set.of("unit", "mean", "std", "lower", "upper", "members", "flat", "interval"),
            "FlatArrays", Set.of("mean", "std", "lower", "upper", "members"),
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
        operation
                .getResponses()
                .addAPIResponse("401", refusal("The service asks for a key or a token, and none came that is valid."))
                .addAPIResponse("403", refusal("The caller is known, but this call takes another role."));
        boolean binary = operation.getResponses().getAPIResponses().values().stream()
                .anyMatch(OpenApiSchemas::offersSeveralTypes);
        operation.getResponses().getAPIResponses().forEach((status, response) -> {
            if (status.startsWith("4") || status.startsWith("5")) {
                response.setContent(OASFactory.createContent()
                        .addMediaType(
                                binary ? ANY_APPLICATION_TYPE : Problem.MEDIA_TYPE,
                                OASFactory.createMediaType().schema(reference("Problem"))));
            }
        });
        return operation;
    }

    private static APIResponse refusal(String description) {
        return OASFactory.createAPIResponse().description(description);
    }

    private static boolean offersSeveralTypes(APIResponse response) {
        return response.getContent() != null
                && response.getContent().getMediaTypes().size() > 1;
    }

    @Override
    public void filterOpenAPI(OpenAPI description) {
        Map<String, Schema> schemas = description.getComponents().getSchemas();
        schemas.forEach(OpenApiSchemas::requireProperties);
        describeNumberArray(schemas.get(NUMBER_ARRAY));
        describeInputArray(schemas.get("InputArray"));
        describeFlatArrays(schemas.get("FlatArrays"));
        describeFields(description.getComponents());
        schemas.get("DataType").setEnumeration(wireNames(DataType.values(), DataType::wireName));
        schemas.get("Quantity").setEnumeration(wireNames(Quantity.values(), Quantity::wireName));
        schemas.get("Priority").setEnumeration(wireNames(Priority.values(), OpenApiSchemas::inLowerCase));
        schemas.get("ArrayForm").setEnumeration(wireNames(ArrayForm.values(), OpenApiSchemas::inLowerCase));
    }

    private static void requireProperties(String name, Schema schema) {
        if (schema.getProperties() == null) {
            return;
        }
        Set<String> optional = OPTIONAL.getOrDefault(name, Set.of());
        List<String> required = schema.getProperties().keySet().stream()
                .filter(property -> !optional.contains(property))
                .toList();
        schema.setRequired(required.isEmpty() ? null : required);
    }

    private static <E> List<Object> wireNames(E[] values, Function<E, String> wireName) {
        return Arrays.stream(values).<Object>map(wireName).toList();
    }

    private static String inLowerCase(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static void describeNumberArray(Schema array) {
        array.setProperties(null);
        array.setType(List.of(SchemaType.ARRAY));
        array.setItems(OASFactory.createSchema()
                .ifSchema(ofType(SchemaType.ARRAY))
                .thenSchema(reference(NUMBER_ARRAY))
                .elseSchema(number()));
    }

    /** Properties hold for objects alone, so that arrays may be allowed beside them without a union of types. */
    private static void describeInputArray(Schema array) {
        array.setType(null);
        array.setIfSchema(ofType(SchemaType.ARRAY));
        array.setThenSchema(reference(NUMBER_ARRAY));
        array.setElseSchema(ofType(SchemaType.OBJECT));
    }

    private static void describeFlatArrays(Schema arrays) {
        for (String quantity : arrays.getProperties().keySet()) {
            arrays.addProperty(quantity, ofType(SchemaType.ARRAY).items(number()));
        }
    }

    /** Field is a word of its own in the models of Python clients. */
    private static void describeFields(Components components) {
        Schema field = components.getSchemas().get("Field");
        components.removeSchema("Field");
        components.addSchema("FieldDescription", field);
        Map<String, Schema> manifest = components.getSchemas().get("Manifest").getProperties();
        manifest.get("inputs").setItems(reference("FieldDescription"));
        manifest.get("outputs").setItems(reference("FieldDescription"));
    }

    private static Schema number() {
        return OASFactory.createSchema()
                .type(List.of(SchemaType.NUMBER, SchemaType.NULL))
                .format("float");
    }

    private static Schema ofType(SchemaType type) {
        return OASFactory.createSchema().addType(type);
    }

    private static Schema reference(String schema) {
        return OASFactory.createSchema().ref("#/components/schemas/" + schema);
    }
}
