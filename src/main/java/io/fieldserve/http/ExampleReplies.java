package io.fieldserve.http;

import io.fieldserve.http.ReplyWriter.ShownArray;
import io.fieldserve.prediction.AxisLayout;
import io.fieldserve.prediction.ExampleCases;
import io.fieldserve.prediction.ExampleCases.Example;
import io.fieldserve.prediction.Scope;
import io.fieldserve.surrogate.Field;
import io.fieldserve.surrogate.Manifest;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.Tensor;
import io.fieldserve.wire.NumberArray;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns examples into replies. In JSON an example is a body that predict takes as it is. */
final class ExampleReplies {

    /** One case: no batch axis, no axis for a single channel. */
    private static final AxisLayout BARE = new AxisLayout(false, false);

    private ExampleReplies() {}

    /** The reply, which owns the example once this has returned. */
    static Response encode(RoutingContext exchange, Example example, ReplyForm form) {
        List<ShownArray> arrays = arrays(example);
        Scope owned = new Scope();
        owned.own(example::close);
        return ReplyWriter.write(exchange, form, () -> reply(example), arrays, arrays, owned, Optional.empty())
                .header(ReplyHeaders.VERSION, example.manifest().version())
                .build();
    }

    private static ExampleReply reply(Example example) {
        Map<String, NumberArray> inputs = new LinkedHashMap<>();
        Map<String, NumberArray> reference = new LinkedHashMap<>();
        example.arrays().forEach((name, tensor) -> {
            NumberArray array = new NumberArray(tensor, shown(example.manifest(), name, tensor));
            if (name.startsWith(ExampleCases.REFERENCE_PREFIX)) {
                reference.put(name.substring(ExampleCases.REFERENCE_PREFIX.length()), array);
            } else {
                inputs.put(name, array);
            }
        });
        return new ExampleReply(inputs, reference.isEmpty() ? null : reference);
    }

    private static List<ShownArray> arrays(Example example) {
        return example.arrays().entrySet().stream()
                .map(array -> new ShownArray(
                        array.getKey(), array.getValue(), shown(example.manifest(), array.getKey(), array.getValue())))
                .toList();
    }

    private static Shape shown(Manifest manifest, String name, Tensor tensor) {
        Field field = manifest.input(name)
                .orElseGet(() -> manifest.outputs().stream()
                        .filter(output -> name.equals(ExampleCases.REFERENCE_PREFIX + output.name()))
                        .findFirst()
                        .orElseThrow());
        return BARE.shown(field, tensor.shape());
    }
}
