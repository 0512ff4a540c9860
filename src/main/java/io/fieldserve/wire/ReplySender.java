package io.fieldserve.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.fieldserve.codec.Precision;
import io.fieldserve.tensor.TensorAllocator;
import io.quarkus.arc.All;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.List;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/**
 * Sends replies. Bytes go to the socket from the memory of the tensors, without a copy on the heap; JSON through chunks
 * of pooled memory. A caller that reads too slowly is cut off after the time that a body may take.
 */
@Provider
public final class ReplySender implements ServerMessageBodyWriter<ReplyBody> {

    private final ObjectWriter json;
    private final TensorAllocator allocator;
    private final BodyLimit limit;
    private final List<EncodeListener> listeners;

    @Inject
    ReplySender(ObjectMapper mapper, TensorAllocator allocator, BodyLimit limit, @All List<EncodeListener> listeners) {
        // The stream is not at its end when the value is.
        this.json = mapper.writer().without(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        this.allocator = allocator;
        this.limit = limit;
        this.listeners = listeners;
    }

    @Override
    public void writeResponse(ReplyBody body, Type type, ServerRequestContext context) throws IOException {
        if (!body.memory().send()) {
            return;
        }
        switch (body) {
            case ReplyBody.Bytes bytes -> send(bytes);
            case ReplyBody.Json json -> send(json);
        }
    }

    private void send(ReplyBody.Bytes body) {
        ByteBuffer[] pieces = body.pieces().toArray(ByteBuffer[]::new);
        Buffer bytes = WireBytes.of(pieces);
        sendTiming(body);
        try {
            Future<Void> sent = body.context().response().end(bytes);
            SlowReaders.cutOff(body.context(), sent, bytes.length(), limit.time());
            sent.onComplete(ended -> body.memory().sent());
        } catch (RuntimeException | Error e) {
            body.memory().sent();
            throw e;
        }
    }

    private void send(ReplyBody.Json body) throws IOException {
        ReplyStream stream = new ReplyStream(body.context(), allocator, limit.time(), () -> sendTiming(body));
        stream.whenSent(body.memory()::sent);
        // Closing what compresses closes the stream, which sends the rest; where that fails all is given up.
        try (OutputStream coded = body.coding().into(stream)) {
            write(body, coded, stream);
        } finally {
            stream.abort();
        }
    }

    private void write(ReplyBody.Json body, OutputStream coded, ReplyStream stream) throws IOException {
        try {
            json.withAttribute(Precision.class, body.precision()).writeValue(coded, body.value());
        } catch (ReplyStream.CallerLostException e) {
            // Callers may leave: that is no fault, and there is nobody to report it to.
            stream.abort();
        } catch (IOException | RuntimeException | Error e) {
            stream.abort();
            throw e;
        }
    }

    private void sendTiming(ReplyBody body) {
        body.timing().ifPresent(timing -> {
            long nanos = timing.lap("encode");
            timing.predicted().ifPresent(manifest -> listeners.forEach(listener -> listener.encoded(manifest, nanos)));
            body.context().response().putHeader(ServerTiming.HEADER, timing.toString());
        });
    }

    @Override
    public boolean isWriteable(Class<?> type, Type generic, ResteasyReactiveResourceInfo target, MediaType mediaType) {
        return ReplyBody.class.isAssignableFrom(type);
    }

    @Override
    public boolean isWriteable(Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
        return ReplyBody.class.isAssignableFrom(type);
    }

    @Override
    public void writeTo(
            ReplyBody body,
            Class<?> type,
            Type generic,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream target) {
        throw new UnsupportedOperationException("replies are sent, not written to a stream");
    }
}
