package io.fieldserve.openinference.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldserve.codec.Precision;
import io.fieldserve.codec.RawEncoder;
import io.fieldserve.openinference.InferAnswer;
import io.fieldserve.openinference.InferAnswer.OutputTensor;
import io.fieldserve.prediction.Scope;
import io.fieldserve.wire.ContentCoding;
import io.fieldserve.wire.ReplyBody;
import io.fieldserve.wire.ReplyMemory;
import io.fieldserve.wire.ServerTiming;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Turns answers into replies: JSON alone, or JSON and behind it the tensors' bytes from where they lie. */
@Singleton
final class InferReplies {

    private final ObjectMapper mapper;

    @Inject
    InferReplies(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /**
     * The reply.
     *
     * @param binary which outputs go as bytes
     * @param acceptEncoding the caller's header, or null; bytes hardly compress, so it is for JSON alone
     * @param owned what the reply reads from, which is the reply's own once this has returned
     */
    Response encode(
            RoutingContext exchange,
            InferAnswer answer,
            Predicate<String> binary,
            String acceptEncoding,
            ServerTiming timing,
            Scope owned) {
        InferReply reply = InferReply.of(answer, binary);
        List<OutputTensor> asBytes = answer.outputs().stream()
                .filter(output -> binary.test(output.name()))
                .toList();
        if (asBytes.isEmpty()) {
            ContentCoding coding = ContentCoding.choose(acceptEncoding);
            return new ReplyBody.Json(
                            exchange,
                            new ReplyMemory(owned, exchange),
                            reply,
                            Precision.SHORTEST,
                            coding,
                            Optional.of(timing))
                    .response()
                    .build();
        }
        byte[] json = json(reply);
        List<ByteBuffer> pieces = new ArrayList<>();
        pieces.add(ByteBuffer.wrap(json));
        asBytes.forEach(output -> pieces.addAll(RawEncoder.encode(output.tensor())));
        return Response.ok()
                .type(MediaType.APPLICATION_OCTET_STREAM)
                .header(InferResource.JSON_LENGTH, json.length)
                .entity(new ReplyBody.Bytes(exchange, new ReplyMemory(owned, exchange), pieces, Optional.of(timing)))
                .build();
    }

    private byte[] json(InferReply reply) {
        try {
            return mapper.writer()
                    .withAttribute(Precision.class, Precision.SHORTEST)
                    .writeValueAsBytes(reply);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("numbers and names can always be written", e);
        }
    }
}
