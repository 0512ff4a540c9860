package io.fieldserve.http;

import io.fieldserve.http.ReplyWriter.ShownArray;
import io.fieldserve.prediction.Prediction;
import io.fieldserve.prediction.Prediction.FieldPrediction;
import io.fieldserve.prediction.Quantity;
import io.fieldserve.prediction.Scope;
import io.fieldserve.tensor.Tensor;
import io.fieldserve.wire.ServerTiming;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Turns predictions into replies. */
final class PredictionReplies {

    private PredictionReplies() {}

    /** The reply, which owns what is handed to it once this has returned. */
    static Response encode(
            RoutingContext exchange, Prediction prediction, ReplyForm form, ServerTiming timing, Scope owned) {
        ResponseBuilder reply = ReplyWriter.write(
                exchange,
                form,
                () -> PredictionReply.of(prediction, form.arrays()),
                arrays(prediction),
                mainArrays(prediction),
                owned,
                Optional.of(timing));
        ReplyHeaders.describe(prediction, reply);
        return reply.build();
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
        return new ShownArray(name, tensor, prediction.shown(predicted, quantity));
    }
}
