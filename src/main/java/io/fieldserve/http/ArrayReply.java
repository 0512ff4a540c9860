package io.fieldserve.http;

import io.fieldserve.codec.NpyEncoder;
import io.fieldserve.codec.NpzEncoder;
import io.fieldserve.codec.RawEncoder;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.Tensor;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Writes named arrays as a body in one of the binary formats. */
final class ArrayReply {

    private ArrayReply() {}

    /** An array under its name in an archive and the shape in which a caller sees it. */
    record ShownArray(String name, Tensor tensor, Shape shown) {}

    /** All arrays, as the entries of an NPZ archive. */
    static void writeArchive(List<ShownArray> arrays, OutputStream target) throws IOException {
        try (NpzEncoder archive = new NpzEncoder(target)) {
            for (ShownArray array : arrays) {
                archive.add(array.name(), array.tensor(), array.shown());
            }
        }
    }

    /**
     * The only array, as NPY or raw bytes, with its shape in a header.
     *
     * @throws io.fieldserve.prediction.FailureException there are several, which these formats can't hold
     */
    static void writeSole(List<ShownArray> arrays, BodyFormat format, OutputStream target, ResponseBuilder reply)
            throws IOException {
        if (arrays.size() > 1) {
            throw QueryOptions.invalid(
                    "Accept",
                    "application/x-npz or application/json for several arrays",
                    format.mediaType().toString());
        }
        ShownArray array = arrays.getFirst();
        reply.header(RequestBody.SHAPE_HEADER, ReplyHeaders.shape(array.shown()));
        if (format == BodyFormat.NPY) {
            NpyEncoder.write(target, array.tensor(), array.shown());
        } else {
            RawEncoder.write(target, array.tensor());
        }
    }
}
