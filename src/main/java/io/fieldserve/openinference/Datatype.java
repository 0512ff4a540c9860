package io.fieldserve.openinference;

import io.fieldserve.codec.NumberType;
import io.fieldserve.prediction.Failure;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The tensor element types of the protocol. Those of numbers convert to {@code float32}, which is what surrogates take. */
public enum Datatype {
    BOOL(null, false),
    UINT8(NumberType.UINT8, true),
    UINT16(NumberType.UINT16, true),
    UINT32(NumberType.UINT32, true),
    UINT64(NumberType.UINT64, true),
    INT8(NumberType.INT8, true),
    INT16(NumberType.INT16, true),
    INT32(NumberType.INT32, true),
    INT64(NumberType.INT64, true),
    FP16(NumberType.FLOAT16, false),
    BF16(NumberType.BFLOAT16, false),
    FP32(NumberType.FLOAT32, true),
    FP64(NumberType.FLOAT64, true),
    BYTES(null, false);

    private static final String CONVERTIBLE = Arrays.stream(values())
            .filter(type -> type.number != null)
            .map(Enum::name)
            .collect(Collectors.joining(", "));

    private final NumberType number;
    private final boolean numberInJson;

    Datatype(NumberType number, boolean numberInJson) {
        this.number = number;
        this.numberInJson = numberInJson;
    }

    /**
     * The type of an input tensor.
     *
     * @throws io.fieldserve.prediction.FailureException there is no such type, or none that a field can be made of
     */
    public static Datatype ofInput(String field, String name) {
        Optional<Datatype> type = Arrays.stream(values())
                .filter(candidate -> candidate.name().equals(name))
                .findFirst();
        return type.filter(known -> known.number != null)
                .orElseThrow(() -> new Failure.InvalidInput(
                                field, "a datatype out of " + CONVERTIBLE, type.isPresent() ? name : "'" + name + "'")
                        .asException());
    }

    /** How elements are read; only for types that {@link #ofInput} gives. */
    public NumberType number() {
        return number;
    }

    /** Whether the protocol has elements of this type as JSON numbers. */
    public boolean inJson() {
        return numberInJson;
    }
}
