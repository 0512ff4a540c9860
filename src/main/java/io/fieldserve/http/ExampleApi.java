package io.fieldserve.http;

import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The contract of example, as the API description has it. */
@Path("/v1/surrogates")
@Tag(name = "Surrogates")
public interface ExampleApi {

    @GET
    @Path("/{name}/example")
    @Produces({BodyFormat.JSON_TYPE, BodyFormat.NPY_TYPE, BodyFormat.NPZ_TYPE, BodyFormat.RAW_TYPE})
    @Operation(
            operationId = "example",
            summary = "A valid input, drawn from the training distribution",
            description = "One of the held-out cases that ship with the surrogate, without a batch axis. In JSON it is"
                    + " a body that predict takes as it is. NPY and raw bodies hold the one input field.")
    @Parameter(
            name = "seed",
            in = ParameterIn.QUERY,
            description = "Picks the case; seeds beyond the number of cases start over.",
            schema = @Schema(type = SchemaType.INTEGER, format = "int64", defaultValue = "0"))
    @Parameter(
            name = "reference",
            in = ParameterIn.QUERY,
            description = "Whether the reference solver's solutions come along, in JSON under reference, in NPZ as"
                    + " reference.<output field>.",
            schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
    @Parameter(
            name = "version",
            in = ParameterIn.QUERY,
            description = "Version to ask; the newest by default.",
            schema = @Schema(type = SchemaType.INTEGER, minimum = "1"))
    @Parameter(
            name = ReplyForm.PRECISION_PARAMETER,
            in = ParameterIn.QUERY,
            description = PredictDocumentation.PRECISION,
            schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "9"))
    @APIResponse(
            responseCode = "200",
            description = "The case.",
            content = {
                @Content(mediaType = BodyFormat.JSON_TYPE, schema = @Schema(implementation = ExampleReply.class)),
                @Content(mediaType = BodyFormat.NPY_TYPE, schema = @Schema(implementation = BinaryBody.Npy.class)),
                @Content(mediaType = BodyFormat.NPZ_TYPE, schema = @Schema(implementation = BinaryBody.Npz.class)),
                @Content(mediaType = BodyFormat.RAW_TYPE, schema = @Schema(implementation = BinaryBody.Raw.class))
            })
    @APIResponse(responseCode = "400", description = "A parameter is wrong.")
    @APIResponse(responseCode = "404", description = "There is no such surrogate or version, or it ships no examples.")
    @APIResponse(responseCode = "406", description = "No type in Accept is offered.")
    @APIResponse(responseCode = "500", description = "A fault of the service; the log has the incident.")
    @APIResponse(responseCode = "503", description = "The surrogates are still being verified.")
    Response example(
            @Parameter(description = "Name of the surrogate.", example = "burgers-fno") @PathParam("name") String name,
            @Context HttpHeaders headers,
            @Context UriInfo uri,
            @Context Request request,
            @Context RoutingContext exchange);
}
