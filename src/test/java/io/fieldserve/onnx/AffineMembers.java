package io.fieldserve.onnx;

import static io.fieldserve.surrogate.FieldArrays.numbers;
import static io.fieldserve.surrogate.FieldArrays.tensor;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldserve.surrogate.EnsembleOutput;
import io.fieldserve.surrogate.EnsembleOutput.Members;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.Tensor;
import io.fieldserve.tensor.TensorAllocator;

/** What the members of the affine surrogate take and return. */
final class AffineMembers {
    /** Weight and offset of each affine member. */
    private static final float[][] MEMBERS = {{1, 1.5f}, {2, 1}, {3, 0.5f}};

    private AffineMembers() {}

    /** A field that grows from point to point, and on from case to case. */
    static Tensor ramp(TensorAllocator allocator, Shape shape) {
        float[] values = new float[Math.toIntExact(shape.elements())];
        for (int point = 0; point < values.length; point++) {
            values[point] = point * 0.25f - 1;
        }
        return tensor(allocator, shape, values);
    }

    /** Holds an output to the first members' lines. */
    static void assertMembers(EnsembleOutput output, Tensor permeability, int count) {
        Tensor members = ((Members) output).byField().get("pressure");
        assertThat(members.shape()).isEqualTo(permeability.shape().prepend(count));
        float[] a = numbers(permeability);
        float[] expected = new float[count * a.length];
        for (int i = 0; i < expected.length; i++) {
            float[] member = MEMBERS[i / a.length];
            expected[i] = member[0] * a[i % a.length] + member[1];
        }
        assertThat(numbers(members)).containsExactly(expected);
    }
}
