package io.fieldserve.http;

import io.fieldserve.http.ArrayReply.ShownArray;
import io.fieldserve.prediction.Prediction;
import io.fieldserve.prediction.Prediction.FieldPrediction;
import io.fieldserve.prediction.Quantity;
import io.fieldserve.tensor.Tensor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.util.List;
import java.util.Set;

/** Turns predictions into replies. */
@ApplicationScoped
public class PredictionReplies {

    private final ReplyWriter writer;

    @Inject
    public PredictionReplies(ReplyWriter writer) {
        this.writer = writer;
    }

    Response encode(Prediction prediction, ReplyForm form, ServerTiming timing) {
        ResponseBuilder reply =
                writer.write(form, () -> PredictionReply.of(prediction), arrays(prediction), mainArrays(prediction));
        timing.lap("encode");
        ReplyHeaders.describe(prediction, reply);
        return reply.header(ServerTiming.HEADER, timing.toString()).build();
    }

    private static List<ShownArray> arrays(Prediction prediction) {
        return prediction.fields().stream()
                .flatMap(field -> field.arrays().keySet().stream().map(quantity -> shown(prediction, field, quantity)))
                .toList();
    }

    /** NPY and raw bodies hold one array of each field: the mean, else the first of those asked for. */
    private static List<ShownArray> mainArrays(Prediction prediction) {
        return prediction.fields().stream()
                .map(field -> {
                    Set<Quantity> given = field.arrays().keySet();
                    Quantity main = given.contains(Quantity.MEAN)
                            ? Quantity.MEAN
                            : given.iterator().next();
                    return shown(prediction, field, main);
                })
                .toList();
    }

    private static ShownArray shown(Prediction prediction, FieldPrediction predicted, Quantity quantity) {
        Tensor tensor = predicted.arrays().get(quantity);
        String name = prediction.manifest().arrayName(predicted.field(), quantity.wireName());
        return new ShownArray(name, tensor, ShownShapes.of(prediction, predicted.field(), quantity, tensor));
    }
}
