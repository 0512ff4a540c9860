package io.fieldserve.openinference;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldserve.tensor.Tensor;
import io.fieldserve.wire.ServiceTest;
import io.fieldserve.wire.TestArrays;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The service's own API, in NPY and NPZ: what the others are measured against. */
public final class NativeProtocol implements Protocol {

    @Override
    public Map<String, float[]> send(InferCase request) {
        List<String> outputs = request.outputs().isEmpty() ? defaults(request) : request.outputs();
        String options = request.parameters().entrySet().stream()
                .map(parameter -> "&" + parameter.getKey() + "=" + parameter.getValue())
                .collect(Collectors.joining());
        String path = "/v1/surrogates/%s/predict?outputs=%s%s"
                .formatted(
                        request.model(),
                        outputs.stream()
                                .map(output -> quantity(output, request))
                                .collect(Collectors.joining(",")),
                        options);
        float[] values = request.values();
        HttpResponse<byte[]> response;
        try (Tensor input = TestArrays.filled(request.shape(), i -> values[i])) {
            response = ServiceTest.post(path, ServiceTest.NPY, ServiceTest.NPZ, TestArrays.npy(input));
        }
        assertThat(response.statusCode())
                .as(() -> new String(response.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        return arrays(response.body(), outputs, request);
    }

    private static List<String> defaults(InferCase request) {
        boolean single = Long.valueOf(1).equals(request.parameters().get("members"));
        return single ? List.of(request.field()) : List.of(request.field(), request.field() + ".std");
    }

    private static String quantity(String output, InferCase request) {
        return output.equals(request.field())
                ? "mean"
                : output.substring(request.field().length() + 1);
    }

    private static Map<String, float[]> arrays(byte[] archive, List<String> outputs, InferCase request) {
        List<String> names =
                outputs.stream().map(output -> quantity(output, request)).toList();
        Map<String, Tensor> tensors = TestArrays.readNpz(archive, names);
        Map<String, float[]> arrays = new LinkedHashMap<>();
        outputs.forEach(output -> {
            try (Tensor tensor = tensors.get(quantity(output, request))) {
                float[] values = new float[(int) tensor.shape().elements()];
                tensor.floats().get(values);
                arrays.put(output, values);
            }
        });
        return arrays;
    }
}
