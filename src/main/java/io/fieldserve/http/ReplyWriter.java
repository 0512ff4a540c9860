package io.fieldserve.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldserve.codec.Precision;
import io.fieldserve.http.ArrayReply.ShownArray;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Supplier;

/**
 * Writes arrays in the format that was asked for. A reply is complete before it is returned, so that the memory of its
 * arrays can be given back however slowly the caller reads.
 */
@ApplicationScoped
public class ReplyWriter {

    private final ObjectMapper mapper;

    @Inject
    public ReplyWriter(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /**
     * A reply with its body, to which headers may be added.
     *
     * @param json what stands for the arrays in JSON
     * @param arrays all of them, for NPZ
     * @param main those that NPY and raw bodies are about, of which they can hold one
     */
    ResponseBuilder write(ReplyForm form, Supplier<?> json, List<ShownArray> arrays, List<ShownArray> main) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ResponseBuilder reply = Response.ok();
        try {
            switch (form.format()) {
                case JSON -> writeJson(json.get(), form, bytes, reply);
                case NPZ -> ArrayReply.writeArchive(arrays, bytes);
                case NPY, RAW -> ArrayReply.writeSole(main, form.format(), bytes, reply);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes every byte", e);
        }
        return reply.type(form.format().mediaType()).entity(bytes.toByteArray());
    }

    private void writeJson(Object json, ReplyForm form, OutputStream target, ResponseBuilder reply) throws IOException {
        reply.header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        if (form.coding() != ContentCoding.IDENTITY) {
            reply.header(HttpHeaders.CONTENT_ENCODING, form.coding().wireName());
        }
        try (OutputStream coded = form.coding().into(target)) {
            mapper.writer().withAttribute(Precision.class, form.precision()).writeValue(coded, json);
        }
    }
}
