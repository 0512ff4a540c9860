package io.fieldserve.wire;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import com.github.luben.zstd.util.Native;
import io.fieldserve.codec.GzipInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.InflaterInputStream;

/** How a body is compressed: a JSON reply, or what comes with a request. */
public enum ContentCoding {
    IDENTITY {
        @Override
        OutputStream into(OutputStream target) {
            return target;
        }

        @Override
        InputStream from(InputStream body) {
            return body;
        }
    },
    /** The format of zlib, RFC 1950. */
    DEFLATE {
        @Override
        OutputStream into(OutputStream target) {
            return new FastDeflate(target);
        }

        @Override
        InputStream from(InputStream body) {
            return new InflaterInputStream(body);
        }
    },
    GZIP {
        @Override
        OutputStream into(OutputStream target) throws IOException {
            return new FastGzip(target);
        }

        @Override
        InputStream from(InputStream body) {
            return new GzipInput(body);
        }
    },
    ZSTD {
        @Override
        OutputStream into(OutputStream target) throws IOException {
            return new ZstdOutputStreamNoFinalizer(target, FASTEST);
        }

        @Override
        InputStream from(InputStream body) throws IOException {
            return new ZstdInputStreamNoFinalizer(body);
        }
    };

    /** Higher levels cost several times as much and save little: the last digits of numbers are noise. */
    private static final int FASTEST = 1;

    private static final System.Logger LOG = System.getLogger(ContentCoding.class.getName());
    private static final Pattern ACCEPTED =
            Pattern.compile("([\\w*-]+)\\s*(?:;\\s*[qQ]=([01](?:\\.\\d*)?)\\s*)?(?:,|$)");

    /** Better ones later. */
    private static final List<ContentCoding> OFFERED =
            zstdLoads() ? List.of(DEFLATE, GZIP, ZSTD) : List.of(DEFLATE, GZIP);

    /** What a request's body may come in, as a header says it. */
    static final String READ = "gzip, deflate, identity";

    /**
     * The coding of the highest weight in an Accept-Encoding header (RFC 9110, section 12.5.3). Only one that is named
     * is used, even where {@code *} would allow others.
     *
     * @param accepted the header's value, null if there is none
     */
    public static ContentCoding choose(String accepted) {
        Map<String, Double> weights = accepted == null ? Map.of() : weights(accepted);
        ContentCoding chosen = IDENTITY;
        double highest = weights.getOrDefault(IDENTITY.wireName(), 0.0);
        for (ContentCoding coding : OFFERED) {
            double weight = weights.getOrDefault(coding.wireName(), 0.0);
            if (weight > 0 && weight >= highest) {
                chosen = coding;
                highest = weight;
            }
        }
        return chosen;
    }

    /** The coding that a request's Content-Encoding names, if its body can be read; null is none. */
    static Optional<ContentCoding> ofRequest(String contentEncoding) {
        return contentEncoding == null
                ? Optional.of(IDENTITY)
                : Stream.of(IDENTITY, DEFLATE, GZIP)
                        .filter(coding -> coding.wireName().equalsIgnoreCase(contentEncoding))
                        .findFirst();
    }

    /** A stream that compresses into the target; closing it ends what is compressed and closes the target. */
    abstract OutputStream into(OutputStream target) throws IOException;

    /** What a compressed body holds, inflated as it is read. */
    abstract InputStream from(InputStream body) throws IOException;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Double> weights(String accepted) {
        Map<String, Double> weights = new HashMap<>();
        ACCEPTED.matcher(accepted)
                .results()
                .forEach(named -> weights.put(named.group(1).toLowerCase(Locale.ROOT), weight(named)));
        return weights;
    }

    private static double weight(MatchResult named) {
        return named.group(2) == null ? 1 : Double.parseDouble(named.group(2));
    }

    /** Whether zstd's native library is there for this platform. */
    private static boolean zstdLoads() {
        try {
            Native.load();
            return true;
        } catch (UnsatisfiedLinkError e) {
            LOG.log(Level.WARNING, "Replies are not compressed with zstd", e);
            return false;
        }
    }

    private static final class FastDeflate extends DeflaterOutputStream {
        FastDeflate(OutputStream target) {
            super(target, new Deflater(FASTEST));
        }

        @Override
        public void close() throws IOException {
            super.close();
            // The stream ends only a deflater that it made itself.
            def.end();
        }
    }

    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream target) throws IOException {
            super(target);
            def.setLevel(FASTEST);
        }
    }
}
