package io.fieldserve.codec;

import io.fieldserve.prediction.Failure;
import io.fieldserve.prediction.FailureException;
import io.fieldserve.prediction.InputContract;
import java.nio.FloatBuffer;

/** The refusal of NaN and infinities, for a field whose contract asks for it. */
final class FiniteCheck {
    private FiniteCheck() {}

    /** The place of the first element that isn't finite, counted from the buffer's position, or -1. */
    static int firstOffender(FloatBuffer values) {
        int start = values.position();
        int end = values.limit();
        for (int i = start; i < end; i++) {
            if (!Float.isFinite(values.get(i))) {
                return i - start;
            }
        }
        return -1;
    }

    /** Fails if a field whose contract asks for finite numbers has another. */
    static void require(DecodedField field, InputContract contract) {
        if (!contract.finiteOnly(field.name())) {
            return;
        }
        FloatBuffer values = field.tensor().floats();
        int offender = firstOffender(values);
        if (offender >= 0) {
            throw failure(
                    field.name(),
                    Float.toString(values.get(offender)),
                    IndexPath.inRowMajor(field.announced(), offender));
        }
    }

    static FailureException failure(String field, String value, String index) {
        return new Failure.MalformedBody(field, "finite float32 numbers", value + " at " + index).asException();
    }
}
