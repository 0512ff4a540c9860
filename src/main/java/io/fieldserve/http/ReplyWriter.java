package io.fieldserve.http;

import io.fieldserve.codec.NpyEncoder;
import io.fieldserve.codec.NpzEncoder;
import io.fieldserve.codec.RawEncoder;
import io.fieldserve.prediction.Scope;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.Tensor;
import io.fieldserve.wire.ReplyBody;
import io.fieldserve.wire.ReplyMemory;
import io.fieldserve.wire.ServerTiming;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes replies of arrays in the format that was asked for. */
final class ReplyWriter {

    private ReplyWriter() {}

    /** An array under its name in an archive and the shape in which a caller sees it. */
    record ShownArray(String name, Tensor tensor, Shape shown) {}

    /**
     * A reply with its body, to which headers may be added.
     *
     * @param exchange that it answers
     * @param json what stands for the arrays in JSON
     * @param arrays all of them, for NPZ
     * @param main those that NPY and raw bodies are about, of which they can hold one
     * @param owned what the reply reads from: released once it is sent, or can't be
     * @param timing to be completed and sent ahead of the body
     * @throws io.fieldserve.prediction.FailureException there are several arrays, and the format can hold one; what is
     *     owned is still the caller's then
     */
    static ResponseBuilder write(
            RoutingContext exchange,
            ReplyForm form,
            Supplier<?> json,
            List<ShownArray> arrays,
            List<ShownArray> main,
            Scope owned,
            Optional<ServerTiming> timing) {
        ResponseBuilder reply = switch (form.format()) {
            case JSON -> {
                Object value = json.get();
                yield new ReplyBody.Json(
                                exchange,
                                new ReplyMemory(owned, exchange),
                                value,
                                form.precision(),
                                form.coding(),
                                timing)
                        .response();
            }
            case NPZ -> bytes(exchange, form, archive(arrays), owned, timing);
            case NPY, RAW -> {
                ShownArray array = sole(main, form.format());
                List<ByteBuffer> pieces = form.format() == BodyFormat.NPY
                        ? NpyEncoder.encode(array.tensor(), array.shown())
                        : RawEncoder.encode(array.tensor());
                yield bytes(exchange, form, pieces, owned, timing)
                        .header(RequestBody.SHAPE_HEADER, ReplyHeaders.shape(array.shown()));
            }
        };
        return reply.header(HttpHeaders.VARY, HttpHeaders.ACCEPT);
    }

    private static ResponseBuilder bytes(
            RoutingContext exchange,
            ReplyForm form,
            List<ByteBuffer> pieces,
            Scope owned,
            Optional<ServerTiming> timing) {
        return Response.ok()
                .type(form.format().mediaType())
                .entity(new ReplyBody.Bytes(exchange, new ReplyMemory(owned, exchange), pieces, timing));
    }

    private static List<ByteBuffer> archive(List<ShownArray> arrays) {
        NpzEncoder archive = new NpzEncoder();
        arrays.forEach(array -> archive.add(array.name(), array.tensor(), array.shown()));
        return archive.finish();
    }

    /** The only array. */
    private static ShownArray sole(List<ShownArray> arrays, BodyFormat format) {
        if (arrays.size() > 1) {
            throw QueryOptions.invalid(
                    "Accept",
                    "application/x-npz or application/json for several arrays",
                    format.mediaType().toString());
        }
        return arrays.getFirst();
    }
}
