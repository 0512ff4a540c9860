package io.fieldserve.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import org.junit.jupiter.api.Test;

class HeldEnvironmentTest {

    @Test
    void outlastsTheBindingsShutdownHook() throws Exception {
        // Given
        OrtEnvironment environment = HeldEnvironment.get();
        Runnable hook = shutdownHook(environment);

        // When
        hook.run();

        // Then
        try (OrtSession session =
                environment.createSession(Graphs.FOLDER.resolve("affine-0.onnx").toString())) {
            assertThat(session.getNumInputs()).isOne();
        }
    }

    /** As the binding makes it when it makes its environment. */
    private static Runnable shutdownHook(OrtEnvironment environment) throws ReflectiveOperationException {
        Constructor<?> hook = Class.forName("ai.onnxruntime.OrtEnvironment$OrtEnvCloser")
                .getDeclaredConstructor(long.class, long.class);
        hook.setAccessible(true);
        Field api = Class.forName("ai.onnxruntime.OnnxRuntime").getDeclaredField("ortApiHandle");
        api.setAccessible(true);
        Field handle = OrtEnvironment.class.getDeclaredField("nativeHandle");
        handle.setAccessible(true);
        return (Runnable) hook.newInstance(api.getLong(null), handle.getLong(environment));
    }
}
