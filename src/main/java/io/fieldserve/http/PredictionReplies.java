package io.fieldserve.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldserve.http.ArrayReply.ShownArray;
import io.fieldserve.prediction.Prediction;
import io.fieldserve.prediction.Prediction.FieldPrediction;
import io.fieldserve.prediction.Quantity;
import io.fieldserve.tensor.Tensor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;

/**
 * Writes predictions in each format. The reply is complete before it is returned, so the prediction's memory can be
 * given back however slowly the caller reads.
 */
@ApplicationScoped
public class PredictionReplies {

    private final ObjectMapper mapper;

    @Inject
    public PredictionReplies(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    Response encode(Prediction prediction, BodyFormat format, ServerTiming timing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ResponseBuilder reply = Response.ok();
        try {
            switch (format) {
                case JSON -> mapper.writeValue(bytes, PredictionReply.of(prediction));
                case NPZ -> ArrayReply.writeArchive(arrays(prediction), bytes);
                case NPY, RAW -> ArrayReply.writeSole(mainArrays(prediction), format, bytes, reply);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes every byte", e);
        }
        timing.lap("encode");
        ReplyHeaders.describe(prediction, reply);
        return reply.type(format.mediaType())
                .header(ServerTiming.HEADER, timing.toString())
                .entity(bytes.toByteArray())
                .build();
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
