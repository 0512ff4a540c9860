package io.fieldserve.openinference.rest;

import io.fieldserve.codec.Json;
import io.fieldserve.openinference.InferAnswer;
import io.fieldserve.openinference.Inferences;
import io.fieldserve.openinference.ModelMetadata;
import io.fieldserve.prediction.Catalogue;
import io.fieldserve.prediction.Failure;
import io.fieldserve.prediction.InputContract;
import io.fieldserve.repository.SurrogateVersion;
import io.fieldserve.tensor.TensorAllocator;
import io.fieldserve.wire.Entrance;
import io.fieldserve.wire.HttpCaller;
import io.fieldserve.wire.ServerTiming;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;

/** Inference over REST. */
@Path("/v2/models")
@Singleton
public final class InferResource {

    /** Length of the JSON in a body that goes on behind it, both ways; 0 is a body without JSON. */
    static final String JSON_LENGTH = "Inference-Header-Content-Length";

    private final Catalogue catalogue;
    private final Inferences inferences;
    private final InferReplies replies;
    private final Entrance entrance;
    private final TensorAllocator allocator;
    private final Json json;

    @Inject
    InferResource(
            Catalogue catalogue,
            Inferences inferences,
            InferReplies replies,
            Entrance entrance,
            TensorAllocator allocator,
            Json json) {
        this.catalogue = catalogue;
        this.inferences = inferences;
        this.replies = replies;
        this.entrance = entrance;
        this.allocator = allocator;
        this.json = json;
    }

    @POST
    @Path("/{model}/infer")
    @RunOnVirtualThread
    public Response infer(
            @PathParam("model") String model, @Context HttpHeaders headers, @Context RoutingContext exchange) {
        return infer(model, Optional.empty(), headers, exchange);
    }

    @POST
    @Path("/{model}/versions/{version}/infer")
    @RunOnVirtualThread
    public Response inferVersion(
            @PathParam("model") String model,
            @PathParam("version") String version,
            @Context HttpHeaders headers,
            @Context RoutingContext exchange) {
        return infer(model, Optional.of(version), headers, exchange);
    }

    private Response infer(String model, Optional<String> version, HttpHeaders headers, RoutingContext exchange) {
        try (SurrogateVersion.Lease lease = catalogue.lease(model, version)) {
            return infer(lease.version(), headers, exchange);
        }
    }

    private Response infer(SurrogateVersion version, HttpHeaders headers, RoutingContext exchange) {
        ServerTiming timing = new ServerTiming();
        OptionalLong jsonLength = jsonLength(headers);
        return entrance.admit(headers, exchange, (content, owned) -> {
            try (InferRequest request =
                    content.decode(exchange, (bytes, length) -> read(version, jsonLength, bytes, length))) {
                timing.lap("decode");
                InferAnswer answer =
                        inferences.infer(version, request.inputs(), request.query(), new HttpCaller(exchange));
                owned.own(answer::close);
                timing.answered(answer.prediction());
                String acceptEncoding = headers.getHeaderString(HttpHeaders.ACCEPT_ENCODING);
                return replies.encode(exchange, answer, request::binary, acceptEncoding, timing, owned);
            }
        });
    }

    private InferRequest read(
            SurrogateVersion version, OptionalLong jsonLength, InputStream content, OptionalLong length) {
        InputContract contract = inferences.contract(version);
        if (jsonLength.isPresent() && jsonLength.getAsLong() == 0) {
            ModelMetadata model = ModelMetadata.of(
                    version.manifest(), catalogue.versions(version.manifest().name()));
            return RawMode.read(model, contract, allocator, content, length);
        }
        return new InferRequestReader(json, contract, allocator, content, length).read(jsonLength);
    }

    private static OptionalLong jsonLength(HttpHeaders headers) {
        String text = headers.getHeaderString(JSON_LENGTH);
        if (text == null) {
            return OptionalLong.empty();
        }
        if (!text.matches("[0-9]{1,18}")) {
            throw new Failure.InvalidParameter(JSON_LENGTH, "the length of the JSON in bytes", "'" + text + "'")
                    .asException();
        }
        return OptionalLong.of(Long.parseLong(text));
    }
}
