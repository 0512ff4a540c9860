package io.fieldserve.http;

import io.fieldserve.batching.Urgency;
import io.fieldserve.codec.DecodedInputs;
import io.fieldserve.codec.InputDecoder;
import io.fieldserve.codec.Json;
import io.fieldserve.prediction.Catalogue;
import io.fieldserve.prediction.InputContract;
import io.fieldserve.prediction.InputRules;
import io.fieldserve.prediction.Prediction;
import io.fieldserve.prediction.PredictionOptions;
import io.fieldserve.prediction.Predictor;
import io.fieldserve.prediction.RequestLimits;
import io.fieldserve.repository.SurrogateVersion;
import io.fieldserve.tensor.TensorAllocator;
import io.fieldserve.wire.Entrance;
import io.fieldserve.wire.HttpCaller;
import io.fieldserve.wire.ServerTiming;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;

/** Fields in, solution with uncertainty out. */
@ApplicationScoped
public class PredictResource implements PredictApi {

    private static final Set<String> PARAMETERS = Set.of(
            "level",
            "guarantee",
            "members",
            "outputs",
            "version",
            "timeout",
            "priority",
            RequestBody.SHAPE_PARAMETER,
            ReplyForm.ARRAYS_PARAMETER,
            ReplyForm.PRECISION_PARAMETER);

    private final Catalogue catalogue;
    private final Predictor predictor;
    private final Entrance entrance;
    private final RequestLimits limits;
    private final TensorAllocator allocator;
    private final Json json;

    @Inject
    public PredictResource(
            Catalogue catalogue,
            Predictor predictor,
            Entrance entrance,
            RequestLimits limits,
            TensorAllocator allocator,
            Json json) {
        this.catalogue = catalogue;
        this.predictor = predictor;
        this.entrance = entrance;
        this.limits = limits;
        this.allocator = allocator;
        this.json = json;
    }

    @Override
    @RunOnVirtualThread
    public Response predict(String name, HttpHeaders headers, UriInfo uri, Request request, RoutingContext exchange) {
        ServerTiming timing = new ServerTiming();
        QueryOptions query = new QueryOptions(uri.getQueryParameters(), PARAMETERS);
        ReplyForm form = ReplyForm.of(request, headers, query);
        try (SurrogateVersion.Lease lease = catalogue.lease(name, query.text("version"))) {
            return predict(lease.version(), form, query, timing, headers, exchange);
        }
    }

    private Response predict(
            SurrogateVersion version,
            ReplyForm form,
            QueryOptions query,
            ServerTiming timing,
            HttpHeaders headers,
            RoutingContext exchange) {
        PredictionOptions options = query.predictionOptions();
        Urgency urgency = query.urgency(limits.time());
        InputDecoder decoder = new RequestBody(headers, query, json).decoder();
        InputContract rules = new InputRules(version.manifest(), limits);
        return entrance.admit(headers, exchange, (content, owned) -> {
            try (DecodedInputs inputs =
                    content.decode(exchange, (bytes, length) -> decoder.decode(bytes, length, rules, allocator))) {
                timing.lap("decode");
                Prediction answer = predictor.predict(
                        version, inputs.request(version.manifest(), options, urgency, new HttpCaller(exchange)));
                owned.own(answer::close);
                timing.answered(answer);
                return PredictionReplies.encode(exchange, answer, form, timing, owned);
            }
        });
    }
}
