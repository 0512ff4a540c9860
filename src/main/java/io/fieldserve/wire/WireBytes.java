package io.fieldserve.wire;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;

/** Memory of ours as the web server takes it, without copying. */
final class WireBytes {

    private WireBytes() {}

    /** One buffer of all pieces. It reads from their memory, which must stay until it has been sent. */
    // The supported ways all copy.
    @SuppressWarnings("deprecation")
    static Buffer of(ByteBuffer... pieces) {
        return Buffer.buffer(Unpooled.wrappedBuffer(Math.max(1, pieces.length), pieces));
    }
}
