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
import io.fieldserve.prediction.RequestLimits;
import io.fieldserve.repository.SurrogateVersion;
import io.fieldserve.surrogate.Field;
import io.fieldserve.surrogate.Manifest;
import io.fieldserve.tensor.Tensor;
import io.fieldserve.tensor.TensorAllocator;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Fields in, solution with uncertainty out. */
@ApplicationScoped
public class PredictResource implements PredictApi {

    private static final Set<String> PARAMETERS = Set.of(
            "level",
            "guarantee",
            "members",
            "outputs",
            "version",
            RequestBody.SHAPE_PARAMETER,
            ReplyForm.PRECISION_PARAMETER);

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

    @Override
    @RunOnVirtualThread
    public Response predict(String name, InputStream body, HttpHeaders headers, UriInfo uri, Request request) {
        ServerTiming timing = new ServerTiming();
        QueryOptions query = new QueryOptions(uri.getQueryParameters(), PARAMETERS);
        ReplyForm form = ReplyForm.of(request, headers, query);
        SurrogateVersion version = catalogue.find(name, query.text("version"));
        InputRules rules = new InputRules(version.manifest(), limits);
        PredictionOptions options = query.predictionOptions();
        try (DecodedInputs inputs = new RequestBody(headers, query, bodyLimit).decode(body, rules, allocator)) {
            timing.lap("decode");
            PredictionRequest prediction =
                    new PredictionRequest(tensors(inputs), layout(version.manifest(), inputs), options);
            try (Prediction answer = predictor.predict(version, prediction)) {
                timing.lap("infer");
                return replies.encode(answer, form, timing);
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
