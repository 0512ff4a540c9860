package io.fieldserve.onnx.graph;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Says in words and numbers which transforms were replaced. */
final class Description {

    private Description() {}

    /** A phrase such as "8 DFT nodes replaced by matrix products: 4 over axis 2 (24 modes), 4 over axis 3 (12 modes)". */
    static String of(List<Transform> replaced, SpectralLayers layers) {
        Map<Integer, List<Transform>> byAxis =
                replaced.stream().collect(Collectors.groupingBy(Transform::axis, TreeMap::new, Collectors.toList()));
        return "%d DFT %s replaced by matrix products: %s"
                .formatted(
                        replaced.size(),
                        replaced.size() == 1 ? "node" : "nodes",
                        byAxis.entrySet().stream()
                                .map(entry -> over(entry.getKey(), entry.getValue(), layers))
                                .collect(Collectors.joining(", ")));
    }

    private static String over(int axis, List<Transform> transforms, SpectralLayers layers) {
        String modes = transforms.stream()
                .map(transform -> modes(transform, layers))
                .distinct()
                .collect(Collectors.joining(", "));
        return "%d over axis %d (%s)".formatted(transforms.size(), axis, modes);
    }

    private static String modes(Transform transform, SpectralLayers layers) {
        Kept kept = transform.inverse() ? layers.read(transform) : layers.written(transform, transform.axis());
        Length all = Transform.simplified(transform.inverse() ? transform.read() : transform.written());
        String total = all instanceof Length.Static(long value) ? " of " + value : "";
        return kept.isAll() ? "all modes" : "%d%s modes".formatted(kept.front() + kept.back(), total);
    }
}
