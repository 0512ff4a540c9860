package io.fieldserve.umbridge;

import io.fieldserve.batching.Deadline;
import io.fieldserve.batching.Priority;
import io.fieldserve.batching.Urgency;
import io.fieldserve.codec.DecodedInputs;
import io.fieldserve.codec.Json;
import io.fieldserve.codec.Precision;
import io.fieldserve.prediction.Catalogue;
import io.fieldserve.prediction.Prediction;
import io.fieldserve.prediction.Predictor;
import io.fieldserve.prediction.RequestLimits;
import io.fieldserve.prediction.Scope;
import io.fieldserve.repository.SurrogateVersion;
import io.fieldserve.surrogate.Manifest;
import io.fieldserve.tensor.TensorAllocator;
import io.fieldserve.wire.ContentCoding;
import io.fieldserve.wire.Entrance;
import io.fieldserve.wire.HttpCaller;
import io.fieldserve.wire.NumberArray;
import io.fieldserve.wire.Problem;
import io.fieldserve.wire.ProblemListener;
import io.fieldserve.wire.ReplyBody;
import io.fieldserve.wire.ReplyMemory;
import io.fieldserve.wire.ServerTiming;
import io.quarkus.arc.All;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * UM-Bridge 1.0. Clients in Python take an address with a path; those in C++ know only a host, so the calls answer at the
 * root as well.
 */
@Path("/")
@Singleton
public final class UmBridgeResource {

    private static final String BASE = "{base:(umbridge/)?}";
    private static final double PROTOCOL_VERSION = 1.0;

    private final Catalogue catalogue;
    private final Predictor predictor;
    private final Entrance entrance;
    private final RequestLimits limits;
    private final TensorAllocator allocator;
    private final Json json;
    private final List<ProblemListener> listeners;

    @Inject
    UmBridgeResource(
            Catalogue catalogue,
            Predictor predictor,
            Entrance entrance,
            RequestLimits limits,
            TensorAllocator allocator,
            Json json,
            @All List<ProblemListener> listeners) {
        this.catalogue = catalogue;
        this.predictor = predictor;
        this.entrance = entrance;
        this.limits = limits;
        this.allocator = allocator;
        this.json = json;
        this.listeners = listeners;
    }

    @GET
    @Path(BASE + "Info")
    public Response info() {
        List<String> models = catalogue.index().served().values().stream()
                .map(versions -> versions.lastEntry().getValue().manifest())
                .filter(SizedModel::isSized)
                .map(Manifest::name)
                .toList();
        return json(Map.of("protocolVersion", PROTOCOL_VERSION, "models", models));
    }

    @POST
    @Path(BASE + "ModelInfo")
    @RunOnVirtualThread
    public Response modelInfo(@Context HttpHeaders headers, @Context RoutingContext exchange) {
        model(headers, exchange);
        return json(Map.of(
                "support", Map.of("Evaluate", true, "Gradient", false, "ApplyJacobian", false, "ApplyHessian", false)));
    }

    @POST
    @Path(BASE + "InputSizes")
    @RunOnVirtualThread
    public Response inputSizes(@Context HttpHeaders headers, @Context RoutingContext exchange) {
        return json(Map.of("inputSizes", model(headers, exchange).inputSizes()));
    }

    @POST
    @Path(BASE + "OutputSizes")
    @RunOnVirtualThread
    public Response outputSizes(@Context HttpHeaders headers, @Context RoutingContext exchange) {
        return json(Map.of("outputSizes", model(headers, exchange).outputSizes()));
    }

    private SizedModel model(HttpHeaders headers, RoutingContext exchange) {
        try (Call call =
                entrance.read(headers, exchange, (bytes, length) -> Call.read(json, bytes, length, allocator))) {
            SurrogateVersion version = catalogue.find(call.name(), call.config().version());
            return new SizedModel(version.manifest(), call.config());
        }
    }

    @POST
    @Path(BASE + "{feature:Gradient|ApplyJacobian|ApplyHessian}")
    public Response unsupported() {
        String detail = "Surrogates are evaluated; derivatives are not supported.";
        Problem problem = Problem.about(400, "unsupported-feature", detail, "", "", "");
        listeners.forEach(listener -> listener.replying(problem));
        return UmBridgeErrors.reply(problem.status(), "UnsupportedFeature", detail)
                .build();
    }

    @POST
    @Path(BASE + "Evaluate")
    @RunOnVirtualThread
    public Response evaluate(@Context HttpHeaders headers, @Context RoutingContext exchange) {
        ServerTiming timing = new ServerTiming();
        return entrance.admit(headers, exchange, (content, owned) -> {
            try (Call call = content.decode(exchange, (bytes, length) -> Call.read(json, bytes, length, allocator));
                    SurrogateVersion.Lease lease =
                            catalogue.lease(call.name(), call.config().version())) {
                SurrogateVersion version = lease.version();
                SizedModel model = new SizedModel(version.manifest(), call.config());
                try (DecodedInputs inputs = model.inputs(call.input(), limits)) {
                    timing.lap("decode");
                    Prediction prediction = predictor.predict(
                            version,
                            inputs.request(
                                    version.manifest(), call.config().options(), urgency(), new HttpCaller(exchange)));
                    owned.own(prediction::close);
                    timing.answered(prediction);
                    return reply(exchange, headers, model.output(prediction), owned, timing);
                }
            }
        });
    }

    private Urgency urgency() {
        return new Urgency(Priority.NORMAL, Deadline.after(System.nanoTime(), limits.time()));
    }

    private static Response reply(
            RoutingContext exchange, HttpHeaders headers, List<NumberArray> output, Scope owned, ServerTiming timing) {
        ContentCoding coding = ContentCoding.choose(headers.getHeaderString(HttpHeaders.ACCEPT_ENCODING));
        return new ReplyBody.Json(
                        exchange,
                        new ReplyMemory(owned, exchange),
                        Map.of("output", output),
                        Precision.SHORTEST,
                        coding,
                        Optional.of(timing))
                .response()
                .build();
    }

    private static Response json(Object value) {
        return Response.ok(value, MediaType.APPLICATION_JSON).build();
    }
}
