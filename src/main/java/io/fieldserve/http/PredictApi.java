package io.fieldserve.http;

import io.fieldserve.batching.Priority;
import io.fieldserve.prediction.Quantity;
import io.fieldserve.surrogate.Guarantee;
import io.fieldserve.wire.ServerTiming;
import io.vertx.ext.web.RoutingContext;
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
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The contract of predict, as the API description has it. */
@Path("/v1/surrogates")
@Tag(name = "Surrogates")
public interface PredictApi {

    @POST
    @Path("/{name}/predict")
    @Consumes({BodyFormat.JSON_TYPE, BodyFormat.NPY_TYPE, BodyFormat.NPZ_TYPE, BodyFormat.RAW_TYPE})
    @Produces({BodyFormat.JSON_TYPE, BodyFormat.NPY_TYPE, BodyFormat.NPZ_TYPE, BodyFormat.RAW_TYPE})
    @Operation(
            operationId = "predict",
            summary = "Predict the solution for one input or a batch",
            description = PredictDocumentation.OPERATION)
    @Parameter(
            name = "level",
            in = ParameterIn.QUERY,
            description = PredictDocumentation.LEVEL,
            schema = @Schema(type = SchemaType.NUMBER, format = "double", defaultValue = "0.9"))
    @Parameter(
            name = "guarantee",
            in = ParameterIn.QUERY,
            description = PredictDocumentation.GUARANTEE,
            schema = @Schema(implementation = Guarantee.class))
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
            name = "timeout",
            in = ParameterIn.QUERY,
            description = PredictDocumentation.TIMEOUT,
            schema = @Schema(type = SchemaType.NUMBER, format = "double", defaultValue = "30"))
    @Parameter(
            name = "priority",
            in = ParameterIn.QUERY,
            description = PredictDocumentation.PRIORITY,
            schema = @Schema(implementation = Priority.class))
    @Parameter(
            name = ReplyForm.ARRAYS_PARAMETER,
            in = ParameterIn.QUERY,
            description = PredictDocumentation.ARRAYS,
            schema = @Schema(implementation = ArrayForm.class))
    @Parameter(
            name = ReplyForm.PRECISION_PARAMETER,
            in = ParameterIn.QUERY,
            description = PredictDocumentation.PRECISION,
            schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "9"))
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
    @Parameter(
            name = "Content-Encoding",
            in = ParameterIn.HEADER,
            description = "How the body is compressed, if it is.",
            schema =
                    @Schema(
                            type = SchemaType.STRING,
                            enumeration = {"gzip", "deflate"}))
    @org.eclipse.microprofile.openapi.annotations.parameters.RequestBody(
            required = true,
            content = {
                @Content(
                        mediaType = BodyFormat.JSON_TYPE,
                        schema = @Schema(implementation = InputsBody.class),
                        example = PredictDocumentation.INPUT_EXAMPLE),
                @Content(mediaType = BodyFormat.NPY_TYPE, schema = @Schema(implementation = BinaryBody.Npy.class)),
                @Content(mediaType = BodyFormat.NPZ_TYPE, schema = @Schema(implementation = BinaryBody.Npz.class)),
                @Content(mediaType = BodyFormat.RAW_TYPE, schema = @Schema(implementation = BinaryBody.Raw.class))
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
                        description =
                                "Milliseconds in decode, queue, infer and encode, and the cases in the batch that ran.",
                        schema = @Schema(type = SchemaType.STRING)),
                @Header(
                        name = ReplyHeaders.TRUSTED,
                        description = "?1 if nothing speaks against the answer, else ?0.",
                        schema = @Schema(type = SchemaType.STRING)),
                @Header(
                        name = ReplyHeaders.TRUST_REASONS,
                        description = "What speaks against the answer, as a list of strings; absent if nothing does.",
                        schema = @Schema(type = SchemaType.STRING)),
                @Header(
                        name = ReplyHeaders.INTERVAL,
                        description = "What lower and upper promise.",
                        schema = @Schema(type = SchemaType.STRING)),
                @Header(
                        name = RequestBody.SHAPE_HEADER,
                        description = "Shape of the array, for NPY and raw bodies.",
                        schema = @Schema(type = SchemaType.STRING)),
                @Header(
                        name = "Content-Encoding",
                        description = "zstd, gzip or deflate, for JSON where Accept-Encoding names them.",
                        schema = @Schema(type = SchemaType.STRING))
            },
            content = {
                @Content(
                        mediaType = BodyFormat.JSON_TYPE,
                        schema = @Schema(implementation = PredictionReply.class),
                        example = PredictDocumentation.REPLY_EXAMPLE),
                @Content(mediaType = BodyFormat.NPY_TYPE, schema = @Schema(implementation = BinaryBody.Npy.class)),
                @Content(mediaType = BodyFormat.NPZ_TYPE, schema = @Schema(implementation = BinaryBody.Npz.class)),
                @Content(mediaType = BodyFormat.RAW_TYPE, schema = @Schema(implementation = BinaryBody.Raw.class))
            })
    @APIResponse(responseCode = "400", description = "The body can't be read as arrays, or a parameter is wrong.")
    @APIResponse(responseCode = "404", description = "There is no such surrogate or version.")
    @APIResponse(responseCode = "406", description = "No type in Accept is offered.")
    @APIResponse(responseCode = "408", description = "The body did not arrive in time.")
    @APIResponse(responseCode = "413", description = "Body, grid or batch is over its limit.")
    @APIResponse(responseCode = "415", description = "The body's type or encoding is not one that is read.")
    @APIResponse(responseCode = "422", description = "Well formed, but not this surrogate's input.")
    @APIResponse(
            responseCode = "429",
            description = "As much waits as may, or this client asks for too much; Retry-After says until when.")
    @APIResponse(responseCode = "500", description = "A fault of the service; the log has the incident.")
    @APIResponse(responseCode = "503", description = "The surrogates are still being verified.")
    @APIResponse(responseCode = "504", description = "The deadline passed before the prediction began.")
    Response predict(
            @Parameter(description = "Name of the surrogate.", example = "burgers-fno") @PathParam("name") String name,
            @Context HttpHeaders headers,
            @Context UriInfo uri,
            @Context Request request,
            @Context RoutingContext exchange);
}
