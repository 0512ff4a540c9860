package io.fieldserve.openinference.grpc;

import io.grpc.Decompressor;
import java.io.InputStream;
import java.util.zip.InflaterInputStream;

/** Messages compressed in zlib's format (RFC 1950), which clients offer beside gzip and the library lacks. */
final class Deflate implements Decompressor {

    @Override
    public String getMessageEncoding() {
        return "deflate";
    }

    @Override
    public InputStream decompress(InputStream compressed) {
        return new InflaterInputStream(compressed);
    }
}
