package io.fieldserve.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an execution provider computes in, where that may be less than float32. */
final class Numerics {

    /** NVIDIA's libraries read it when they are loaded; {@code 0} forbids TF32 whatever a program asks for. */
    static final String TF32_OVERRIDE = "NVIDIA_TF32_OVERRIDE";

    private Numerics() {}

    /** One sentence for each way in which results may be less exact than float32 makes them. */
    static List<String> remarks(
            ExecutionProvider provider, AcceleratorSettings settings, Optional<String> tf32Override) {
        List<String> remarks = new ArrayList<>();
        boolean tf32Forbidden = tf32Override.equals(Optional.of("0"));
        boolean tensorRt = provider == ExecutionProvider.TENSORRT;
        boolean cuda = provider == ExecutionProvider.CUDA || tensorRt;
        if (tensorRt && !tf32Forbidden) {
            // ONNX Runtime has no option for it: onnxruntime#26029.
            remarks.add("TensorRT may round the inputs of matrix products and convolutions to TF32 (10 bits of "
                    + "mantissa); " + TF32_OVERRIDE + "=0 in the environment forbids it.");
        } else if (cuda && settings.cuda().tf32() && !tf32Forbidden) {
            remarks.add("Inputs of matrix products and convolutions are rounded to TF32 (10 bits of mantissa).");
        }
        if (tensorRt && settings.tensorRt().float16()) {
            remarks.add("TensorRT may run parts in float16 (10 bits of mantissa, nothing above 65504).");
        }
        return List.copyOf(remarks);
    }
}
