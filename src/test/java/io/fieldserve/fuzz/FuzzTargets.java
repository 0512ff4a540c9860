package io.fieldserve.fuzz;

import io.fieldserve.codec.ArchiveFuzz;
import io.fieldserve.codec.JsonFuzz;
import io.fieldserve.codec.NpyFuzz;
import io.fieldserve.codec.NpzFuzz;
import io.fieldserve.codec.RawFuzz;
import io.fieldserve.http.RequestHeadFuzz;
import io.fieldserve.onnx.graph.ModelFuzz;
import io.fieldserve.onnx.graph.RewriteFuzz;
import io.fieldserve.openinference.grpc.GrpcInferFuzz;
import io.fieldserve.openinference.rest.RestInferFuzz;
import io.fieldserve.surrogate.ManifestFuzz;
import io.fieldserve.surrogate.PlainModelFuzz;
import io.fieldserve.umbridge.CallFuzz;
import io.fieldserve.wire.ContentCodingFuzz;
import java.util.Arrays;
import java.util.Locale;

/** All targets, by the name under which they are run and their cases are kept. */
enum FuzzTargets {
    JSON,
    NPY,
    NPZ,
    RAW,
    ARCHIVE,
    CODING,
    HEAD,
    REST_INFER,
    GRPC_INFER,
    UM_BRIDGE,
    MANIFEST,
    PLAIN_MODEL,
    MODEL,
    REWRITE;

    static FuzzTarget named(String name) {
        return Arrays.stream(values())
                .filter(target -> target.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no target '%s' among %s".formatted(name, Arrays.toString(values()))))
                .make();
    }

    FuzzTarget make() {
        return switch (this) {
            case JSON -> new JsonFuzz();
            case NPY -> new NpyFuzz();
            case NPZ -> new NpzFuzz();
            case RAW -> new RawFuzz();
            case ARCHIVE -> new ArchiveFuzz();
            case CODING -> new ContentCodingFuzz();
            case HEAD -> new RequestHeadFuzz();
            case REST_INFER -> new RestInferFuzz();
            case GRPC_INFER -> new GrpcInferFuzz();
            case UM_BRIDGE -> new CallFuzz();
            case MANIFEST -> new ManifestFuzz();
            case PLAIN_MODEL -> new PlainModelFuzz();
            case MODEL -> new ModelFuzz();
            case REWRITE -> new RewriteFuzz();
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
