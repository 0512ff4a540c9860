package io.fieldserve.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldserve.packaged.ServiceProcess;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A case of one channel and one axis for a graph without a manifest, named after what it computes.
 *
 * @param answer the one right answer
 */
record PlainQuestion(String surrogate, List<Float> input, List<Float> answer) implements Question {

    /** A question that is refused whenever it is answered at all. */
    static PlainQuestion refused(String surrogate, Float... input) {
        return new PlainQuestion(surrogate, List.of(input), List.of());
    }

    /** A case as long as a graph wants it. */
    static PlainQuestion constant(String surrogate, int points, float value, float answer) {
        return new PlainQuestion(surrogate, Collections.nCopies(points, value), Collections.nCopies(points, answer));
    }

    @Override
    public HttpRequest.Builder ask(ServiceProcess service) {
        float[] values = new float[input.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = input.get(i);
        }
        return service.request("/v1/surrogates/" + surrogate + "/predict?shape=" + values.length)
                .header("Content-Type", Floats.TYPE)
                .header("Accept", Floats.TYPE)
                .POST(BodyPublishers.ofByteArray(Floats.bytes(values)));
    }

    @Override
    public void check(HttpResponse<byte[]> reply) {
        float[] right = new float[answer.size()];
        for (int i = 0; i < right.length; i++) {
            right[i] = answer.get(i);
        }
        assertThat(Floats.of(reply.body())).as(this::toString).containsExactly(right);
    }

    @Override
    public String toString() {
        return surrogate + input.stream().limit(4).map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
    }
}
