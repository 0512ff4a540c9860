package io.fieldserve.http;

import static io.fieldserve.fuzz.FuzzTarget.require;

import io.fieldserve.codec.Json;
import io.fieldserve.fuzz.FuzzMemory;
import io.fieldserve.fuzz.FuzzTarget;
import io.fieldserve.prediction.PredictionOptions;
import io.fieldserve.wire.ContentCoding;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.server.jaxrs.HttpHeadersImpl;

/**
 * What a prediction reads before its body, a line each: query, Accept, Content-Type, Accept-Encoding and Fieldserve-Shape.
 */
public final class RequestHeadFuzz implements FuzzTarget {

    private static final List<String> HEADERS = List.of(
            HttpHeaders.ACCEPT, HttpHeaders.CONTENT_TYPE, HttpHeaders.ACCEPT_ENCODING, RequestBody.SHAPE_HEADER);
    private static final Set<String> PARAMETERS = Set.of(
            "level",
            "guarantee",
            "members",
            "outputs",
            "timeout",
            "priority",
            RequestBody.SHAPE_PARAMETER,
            ReplyForm.ARRAYS_PARAMETER,
            ReplyForm.PRECISION_PARAMETER);

    private final FuzzMemory memory = new FuzzMemory();

    @Override
    public void run(byte[] input) throws Exception {
        String[] lines = new String(input, StandardCharsets.ISO_8859_1).split("\n", -1);
        MultivaluedMap<String, String> headers = new MultivaluedHashMap<>();
        for (int i = 0; i < HEADERS.size() && i + 1 < lines.length; i++) {
            headers.add(HEADERS.get(i), lines[i + 1]);
        }
        HttpHeaders parsed = new HttpHeadersImpl(headers.entrySet().stream()
                .map(header -> Map.entry(header.getKey(), header.getValue().getFirst()))
                .toList());
        if (hasReadableType(parsed)) {
            memory.refusal(() -> read(query(lines[0]), headers, parsed));
        }
    }

    /** Others are refused before anything of ours sees them. */
    private static boolean hasReadableType(HttpHeaders headers) {
        try {
            headers.getMediaType();
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static void read(
            MultivaluedMap<String, String> parameters, MultivaluedMap<String, String> headers, HttpHeaders parsed) {
        QueryOptions query = new QueryOptions(parameters, PARAMETERS);
        PredictionOptions options = query.predictionOptions();
        require(options.level() > 0 && options.level() < 1, "a level is a probability");
        Duration longest = Duration.ofSeconds(30);
        Duration wait = query.urgency(longest).deadline().time();
        require(wait.isPositive() && wait.compareTo(longest) <= 0, "no wait is longer than the longest");
        ContentCoding.choose(parsed.getHeaderString(HttpHeaders.ACCEPT_ENCODING));
        try {
            ReplyForm.of(new NegotiatedRequest(headers), parsed, query);
            new RequestBody(parsed, query, Json.DEFAULT).decoder();
        } catch (ClientErrorException e) {
            require(e.getResponse().getStatus() == 406 || e.getResponse().getStatus() == 415, "only unknown types");
        }
    }

    private static MultivaluedMap<String, String> query(String line) {
        MultivaluedMap<String, String> query = new MultivaluedHashMap<>();
        for (String parameter : line.split("&", -1)) {
            int equals = parameter.indexOf('=');
            if (equals > 0) {
                query.add(parameter.substring(0, equals), parameter.substring(equals + 1));
            }
        }
        return query;
    }

    @Override
    public Stream<byte[]> seeds() {
        return Stream.of(
                        """
                        level=0.9&guarantee=simultaneous&members=3&outputs=mean,std&timeout=1.5&priority=high
                        application/json
                        application/x-npy
                        gzip, zstd;q=0.5, *;q=0""",
                        """
                        shape=1,64,64
                        application/x-npz;q=0.8, application/json;q=0.2
                        application/octet-stream; charset=utf-8
                        identity""",
                        "arrays=base64&precision=6&outputs=lower&outputs=upper\n*/*\napplication/json\ndeflate\n2,3",
                        "precision=shortest\napplication/octet-stream\napplication/octet-stream\n\n9223372036854775807,2")
                .map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public List<String> words() {
        return List.of(
                "level=",
                "guarantee=",
                "members=",
                "outputs=",
                "timeout=",
                "priority=",
                "shape=",
                "arrays=",
                "precision=",
                "pointwise",
                "simultaneous",
                "mean",
                "std",
                "lower",
                "upper",
                "high",
                "low",
                "normal",
                "1e9",
                "0.000000001",
                "application/json",
                "application/x-npy",
                "application/x-npz",
                "application/octet-stream",
                ";q=",
                "*/*",
                "gzip",
                "deflate",
                "zstd",
                "identity");
    }
}
