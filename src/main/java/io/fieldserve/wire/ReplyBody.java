package io.fieldserve.wire;

import io.fieldserve.codec.Precision;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** The body of a reply, on its way from the tensors' memory to the socket. */
public sealed interface ReplyBody {

    /** The exchange that it answers. */
    RoutingContext context();

    /** What it reads from. */
    ReplyMemory memory();

    /** How long it took so far: completed and sent ahead of the body. */
    Optional<ServerTiming> timing();

    /** Bytes as they are, sent from where they lie. */
    record Bytes(RoutingContext context, ReplyMemory memory, List<ByteBuffer> pieces, Optional<ServerTiming> timing)
            implements ReplyBody {}

    /** A value that is written as JSON while it is sent. */
    record Json(
            RoutingContext context,
            ReplyMemory memory,
            Object value,
            Precision precision,
            ContentCoding coding,
            Optional<ServerTiming> timing)
            implements ReplyBody {

        /** A reply with this body, to which headers may be added. */
        public ResponseBuilder response() {
            ResponseBuilder reply =
                    Response.ok(this, MediaType.APPLICATION_JSON).header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
            return coding == ContentCoding.IDENTITY
                    ? reply
                    : reply.header(HttpHeaders.CONTENT_ENCODING, coding.wireName());
        }
    }
}
