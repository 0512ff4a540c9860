package io.fieldserve.http;

import io.fieldserve.codec.DecodedField;
import io.fieldserve.codec.DecodedInputs;
import io.fieldserve.prediction.AxisLayout;
import io.fieldserve.prediction.Catalogue;
import io.fieldserve.prediction.InputRules;
import io.fieldserve.prediction.Prediction;
import io.fieldserve.prediction.PredictionOptions;
import io.fieldserve.prediction.PredictionRequest;
import io.fieldserve.prediction.Predictor;
import io.fieldserve.prediction.Quantity;
import io.fieldserve.prediction.RequestLimits;
import io.fieldserve.repository.SurrogateVersion;
import io.fieldserve.surrogate.Field;
import io.fieldserve.surrogate.Guarantee;
import io.fieldserve.surrogate.Manifest;
import io.fieldserve.tensor.Tensor;
import io.fieldserve.tensor.TensorAllocator;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.Explode;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterStyle;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Fields in, solution with uncertainty out. */
@Path("/v1/surrogates")
public final class PredictResource {

    private static final Set<String> PARAMETERS =
            Set.of("level", "guarantee", "members", "outputs", "version", RequestBody.SHAPE_PARAMETER);

    private final Catalogue catalogue;
    private final Predictor predictor;
    private final RequestLimits limits;
    private final BodyLimit bodyLimit;
    private final TensorAllocator allocator;
    private final PredictionReplies replies;

    @Inject
    public PredictResource(
            Catalogue catalogue,
            Predictor predictor,
            RequestLimits limits,
            BodyLimit bodyLimit,
            TensorAllocator allocator,
            PredictionReplies replies) {
        this.catalogue = catalogue;
        this.predictor = predictor;
        this.limits = limits;
        this.bodyLimit = bodyLimit;
        this.allocator = allocator;
        this.replies = replies;
    }

    @POST
    @Path("/{name}/predict")
    @Consumes({BodyFormat.JSON_TYPE, BodyFormat.NPY_TYPE, BodyFormat.NPZ_TYPE, BodyFormat.RAW_TYPE})
    @Produces({BodyFormat.JSON_TYPE, BodyFormat.NPY_TYPE, BodyFormat.NPZ_TYPE, BodyFormat.RAW_TYPE})
    @RunOnVirtualThread
    @Operation(
            operationId = "predict",
            summary = "Predict the solution for one input or a batch",
            description = PredictDocumentation.OPERATION)
    @Parameter(
            name = "level",
            in = ParameterIn.QUERY,
            description = PredictDocumentation.LEVEL,
            schema = @Schema(type = SchemaType.NUMBER, defaultValue = "0.9"))
    @Parameter(
            name = "guarantee",
            in = ParameterIn.QUERY,
            description = PredictDocumentation.GUARANTEE,
            schema = @Schema(implementation = Guarantee.class, defaultValue = "pointwise"))
    @Parameter(
            name = "outputs",
            in = ParameterIn.QUERY,
            description = PredictDocumentation.OUTPUTS,
            explode = Explode.FALSE,
            style = ParameterStyle.FORM,
            schema = @Schema(type = SchemaType.ARRAY, implementation = Quantity.class))
    @Parameter(
            name = "members",
            in = ParameterIn.QUERY,
            description = PredictDocumentation.MEMBERS,
            schema = @Schema(type = SchemaType.INTEGER, minimum = "1"))
    @Parameter(
            name = "version",
            in = ParameterIn.QUERY,
            description = "Version to ask; the newest by default.",
            schema = @Schema(type = SchemaType.INTEGER, minimum = "1"))
    @Parameter(
            name = "shape",
            in = ParameterIn.QUERY,
            description = PredictDocumentation.SHAPE,
            schema = @Schema(type = SchemaType.STRING, examples = "64,64"))
    @Parameter(
            name = RequestBody.SHAPE_HEADER,
            in = ParameterIn.HEADER,
            description = PredictDocumentation.SHAPE,
            schema = @Schema(type = SchemaType.STRING, examples = "64,64"))
    @org.eclipse.microprofile.openapi.annotations.parameters.RequestBody(
            required = true,
            content = {
                @Content(
                        mediaType = BodyFormat.JSON_TYPE,
                        schema = @Schema(implementation = InputsBody.class),
                        example = PredictDocumentation.INPUT_EXAMPLE),
                @Content(mediaType = BodyFormat.NPY_TYPE, schema = @Schema(implementation = BinaryBody.class)),
                @Content(mediaType = BodyFormat.NPZ_TYPE, schema = @Schema(implementation = BinaryBody.class)),
                @Content(mediaType = BodyFormat.RAW_TYPE, schema = @Schema(implementation = BinaryBody.class))
            })
    @APIResponse(
            responseCode = "200",
            description = PredictDocumentation.REPLY,
            headers = {
                @Header(
                        name = ReplyHeaders.VERSION,
                        description = "The version that answered.",
                        schema = @Schema(type = SchemaType.INTEGER)),
                @Header(
                        name = ServerTiming.HEADER,
                        description = "Milliseconds in decode, infer and encode.",
                        schema = @Schema(type = SchemaType.STRING)),
                @Header(
                        name = ReplyHeaders.TRUSTED,
                        description = "?1 if nothing speaks against the answer, else ?0.",
                        schema = @Schema(type = SchemaType.STRING)),
                @Header(
                        name = ReplyHeaders.INTERVAL,
                        description = "What lower and upper promise.",
                        schema = @Schema(type = SchemaType.STRING)),
                @Header(
                        name = RequestBody.SHAPE_HEADER,
                        description = "Shape of the array, for NPY and raw bodies.",
                        schema = @Schema(type = SchemaType.STRING))
            },
            content = {
                @Content(mediaType = BodyFormat.JSON_TYPE, schema = @Schema(implementation = PredictionReply.class)),
                @Content(mediaType = BodyFormat.NPY_TYPE, schema = @Schema(implementation = BinaryBody.class)),
                @Content(mediaType = BodyFormat.NPZ_TYPE, schema = @Schema(implementation = BinaryBody.class)),
                @Content(mediaType = BodyFormat.RAW_TYPE, schema = @Schema(implementation = BinaryBody.class))
            })
    @APIResponse(responseCode = "400", description = "The body can't be read as arrays, or a parameter is wrong.")
    @APIResponse(responseCode = "404", description = "There is no such surrogate or version.")
    @APIResponse(responseCode = "406", description = "No type in Accept is offered.")
    @APIResponse(responseCode = "408", description = "The body did not arrive in time.")
    @APIResponse(responseCode = "413", description = "Body, grid or batch is over its limit.")
    @APIResponse(responseCode = "415", description = "The body's type is not one that is read.")
    @APIResponse(responseCode = "422", description = "Well formed, but not this surrogate's input.")
    @APIResponse(responseCode = "429", description = "Requests in flight hold all the memory they may.")
    @APIResponse(responseCode = "500", description = "A fault of the service; the log has the incident.")
    @APIResponse(responseCode = "503", description = "The surrogates are still being verified.")
    public Response predict(
            @Parameter(description = "Name of the surrogate.", example = "burgers-fno") @PathParam("name") String name,
            InputStream body,
            @Context HttpHeaders headers,
            @Context UriInfo uri,
            @Context Request request) {
        ServerTiming timing = new ServerTiming();
        QueryOptions query = new QueryOptions(uri.getQueryParameters(), PARAMETERS);
        BodyFormat accepted = Negotiation.choose(request, headers);
        SurrogateVersion version = catalogue.find(name, query.text("version"));
        InputRules rules = new InputRules(version.manifest(), limits);
        PredictionOptions options = query.predictionOptions();
        try (DecodedInputs inputs = new RequestBody(headers, query, bodyLimit).decode(body, rules, allocator)) {
            timing.lap("decode");
            PredictionRequest prediction =
                    new PredictionRequest(tensors(inputs), layout(version.manifest(), inputs), options);
            try (Prediction answer = predictor.predict(version, prediction)) {
                timing.lap("infer");
                return replies.encode(answer, accepted, timing);
            }
        }
    }

    private static Map<String, Tensor> tensors(DecodedInputs inputs) {
        return inputs.fields().values().stream().collect(Collectors.toMap(DecodedField::name, DecodedField::tensor));
    }

    private static AxisLayout layout(Manifest manifest, DecodedInputs inputs) {
        Field first = manifest.inputs().getFirst();
        return AxisLayout.of(
                first, inputs.fields().get(first.name()).announced().rank());
    }
}
