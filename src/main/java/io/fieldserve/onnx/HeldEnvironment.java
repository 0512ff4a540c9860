package io.fieldserve.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.lang.reflect.Method;

/**
 * ONNX Runtime's environment, kept for as long as the process is there.
 *
 * <p>The binding releases it in a shutdown hook of its own, which runs as soon as the process is told to stop: while requests are
 * still answered, and graphs may be on their way to be opened, which ends the process then. The native environment counts those
 * who hold it, so one who never lets go outlasts the hook. The binding keeps that call to itself, hence the reflection.
 */
final class HeldEnvironment {

    private static final System.Logger LOG = System.getLogger(HeldEnvironment.class.getName());

    private static final OrtEnvironment ENVIRONMENT = held();

    private HeldEnvironment() {}

    static OrtEnvironment get() {
        return ENVIRONMENT;
    }

    private static OrtEnvironment held() {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try {
            Field api = Class.forName("ai.onnxruntime.OnnxRuntime").getDeclaredField("ortApiHandle");
            api.setAccessible(true);
            Method hold = OrtEnvironment.class.getDeclaredMethod("createHandle", long.class, int.class, String.class);
            hold.setAccessible(true);
            hold.invoke(null, api.getLong(null), OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING.getValue(), "fieldserve");
        } catch (ReflectiveOperationException e) {
            LOG.log(Level.WARNING, "A stop while a surrogate is loaded may end in a crash of ONNX Runtime", e);
        }
        return environment;
    }
}
