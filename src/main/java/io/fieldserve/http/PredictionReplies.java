package io.fieldserve.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldserve.codec.NpyEncoder;
import io.fieldserve.codec.NpzEncoder;
import io.fieldserve.codec.RawEncoder;
import io.fieldserve.prediction.Prediction;
import io.fieldserve.prediction.Prediction.FieldPrediction;
import io.fieldserve.prediction.Quantity;
import io.fieldserve.surrogate.Manifest;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.Tensor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
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
                case NPZ -> writeArchive(prediction, bytes);
                case NPY, RAW -> writeSole(prediction, format, bytes, reply);
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

    private static void writeArchive(Prediction prediction, ByteArrayOutputStream bytes) throws IOException {
        Manifest manifest = prediction.manifest();
        try (NpzEncoder archive = new NpzEncoder(bytes)) {
            for (FieldPrediction field : prediction.fields()) {
                for (Map.Entry<Quantity, Tensor> array : field.arrays().entrySet()) {
                    archive.add(
                            manifest.arrayName(field.field(), array.getKey().wireName()),
                            array.getValue(),
                            ShownShapes.of(prediction, field.field(), array.getKey(), array.getValue()));
                }
            }
        }
    }

    /** NPY and raw bodies hold one array: the one asked for, else the mean. */
    private static void writeSole(
            Prediction prediction, BodyFormat format, ByteArrayOutputStream bytes, ResponseBuilder reply)
            throws IOException {
        if (prediction.fields().size() > 1) {
            throw QueryOptions.invalid(
                    "Accept",
                    "application/x-npz or application/json for several output fields",
                    format.mediaType().toString());
        }
        FieldPrediction field = prediction.fields().getFirst();
        Set<Quantity> given = field.arrays().keySet();
        Quantity quantity =
                given.contains(Quantity.MEAN) ? Quantity.MEAN : given.iterator().next();
        Tensor tensor = field.arrays().get(quantity);
        Shape shown = ShownShapes.of(prediction, field.field(), quantity, tensor);
        reply.header(RequestBody.SHAPE_HEADER, ReplyHeaders.shape(shown));
        if (format == BodyFormat.NPY) {
            NpyEncoder.write(bytes, tensor, shown);
        } else {
            RawEncoder.write(bytes, tensor);
        }
    }
}
