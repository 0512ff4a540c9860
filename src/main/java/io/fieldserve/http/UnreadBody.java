package io.fieldserve.http;

import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;

/**
 * What is left of a body when its request is refused. Many clients look for an answer only once they have sent all, so
 * the rest is read and forgotten, up to a bound; beyond that the connection is closed behind the answer.
 */
final class UnreadBody {

    private static final String EXPECT = "Expect";
    private static final int CHUNK = 1 << 16;

    private final HttpServerRequest request;
    private final long bound;

    UnreadBody(HttpServerRequest request, BodyLimit limit) {
        this.request = request;
        this.bound = limit.bytes();
    }

    /** Discards the rest of a body that is going to be refused. */
    void discard(InputStream body) {
        // A caller that asks first has not sent the body yet, and need not.
        boolean asksFirst = request.headers().contains(EXPECT);
        if (asksFirst || !reachesEnd(body)) {
            request.response().endHandler(answered -> request.connection().close());
        }
    }

    private boolean reachesEnd(InputStream body) {
        byte[] chunk = new byte[CHUNK];
        try {
            for (long left = bound; left > 0; ) {
                int read = body.read(chunk);
                if (read < 0) {
                    return true;
                }
                left -= read;
            }
            return false;
        } catch (IOException e) {
            return false;
        }
    }
}
