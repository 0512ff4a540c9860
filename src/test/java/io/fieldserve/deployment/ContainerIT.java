package io.fieldserve.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.github.dockerjava.api.command.TopContainerResponse;
import io.fieldserve.repository.PlainFolder;
import io.fieldserve.tensor.Tensor;
import io.fieldserve.wire.TestArrays;
import java.net.http.HttpResponse;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The image, with nothing that a strict cluster would refuse it. What is asked over HTTP here is little: {@code
 * docker/test-image} lets the other integration tests loose on a container of the same kind.
 */
class ContainerIT {

    private static final String IMAGE = System.getProperty("fieldserve.image", "");
    private static final String NO_IMAGE =
            "ContainerIT is skipped: no image was named by -Dfieldserve.image. docker/test-image builds one and runs this "
                    + "where there is a container engine; the other *IT drive the packaged process meanwhile.";
    private static final Pattern MAX_HEAP = Pattern.compile("MaxHeapSize\\s*=\\s*(\\d+)");

    private FieldserveContainer container;

    @BeforeAll
    static void thereIsAnImage() {
        if (IMAGE.isEmpty()) {
            System.err.println(NO_IMAGE);
        }
        assumeFalse(IMAGE.isEmpty(), NO_IMAGE);
    }

    @AfterEach
    void stop() {
        if (container != null) {
            container.stop();
        }
    }

    @Test
    void predictsWhatPyTorchSavedWithoutRightsAndWithAReadOnlyRoot() throws Exception {
        // Given
        container = new FieldserveContainer(IMAGE).hardened();
        container.start();
        Map<String, Tensor> saved = TestArrays.read(
                Path.of("models/repository/burgers-fno/1/golden.npz"), List.of("initial_velocity", "mean", "std"));
        byte[] input = TestArrays.npz("initial_velocity", saved.get("initial_velocity"));

        // When
        HttpResponse<byte[]> answer =
                container.post("/v1/surrogates/burgers-fno/predict?outputs=mean", "application/x-npz", input);

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        FloatBuffer mean =
                TestArrays.readNpz(answer.body(), List.of("mean")).get("mean").floats();
        assertThat(distance(mean, saved.get("mean").floats()))
                .isLessThan(1e-5 * norm(saved.get("mean").floats()));
    }

    @Test
    void runsAsAUserWithoutRights() {
        // Given
        container = new FieldserveContainer(IMAGE).hardened();
        container.start();

        // When
        TopContainerResponse processes = container
                .getDockerClient()
                .topContainerCmd(container.getContainerId())
                .exec();

        // Then
        int user = Arrays.asList(processes.getTitles()).indexOf("UID");
        assertThat(Arrays.stream(processes.getProcesses()).map(process -> process[user]))
                .isNotEmpty()
                .containsOnly("65532");
    }

    @Test
    void writesNothingToItsRoot() throws Exception {
        // Given
        container = new FieldserveContainer(IMAGE);
        container.start();

        // When
        container.get("/v1/surrogates/burgers-fno/example?seed=1");

        // Then
        assertThat(container
                        .getDockerClient()
                        .containerDiffCmd(container.getContainerId())
                        .exec())
                .isNullOrEmpty();
    }

    @Test
    void startsFromItsCacheWithAHeapOfFortyPercent() {
        // Given
        container = new FieldserveContainer(IMAGE)
                .hardened()
                .withEnv("JDK_JAVA_OPTIONS", "-XX:AOTMode=on -XX:+PrintFlagsFinal");

        // When
        container.start();

        // Then
        Matcher heap = MAX_HEAP.matcher(container.getLogs());
        assertThat(heap.find()).isTrue();
        assertThat(Long.parseLong(heap.group(1)) / (double) FieldserveContainer.MEMORY)
                .isBetween(0.39, 0.41);
    }

    @Test
    void servesTheRepositoryThatIsMounted(@TempDir Path folder) throws Exception {
        // Given
        PlainFolder.write(folder, "dynamic", "1", "dynamic");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        container = new FieldserveContainer(IMAGE).hardened().withRepository(folder);
        container.start();

        // When
        HttpResponse<byte[]> surrogates = container.get("/v1/surrogates");

        // Then
        assertThat(new String(surrogates.body(), StandardCharsets.UTF_8))
                .contains("dynamic")
                .doesNotContain("darcy-fno");
    }

    @Test
    void answersAndEndsWhenItIsTold() {
        // Given
        container = new FieldserveContainer(IMAGE).hardened();
        container.start();

        // When
        container.getDockerClient().stopContainerCmd(container.getContainerId()).exec();

        // Then
        assertThat(container.getLogs())
                .contains("Stopped; still held: requests=0 request-bytes=0 slabs=0 slab-bytes=0");
        assertThat(container.getCurrentContainerInfo().getState().getExitCodeLong())
                .isEqualTo(143);
    }

    private static double norm(FloatBuffer values) {
        return distance(values, FloatBuffer.allocate(values.capacity()));
    }

    private static double distance(FloatBuffer one, FloatBuffer other) {
        assertThat(one.capacity()).isEqualTo(other.capacity());
        double squares = 0;
        for (int i = 0; i < one.capacity(); i++) {
            double difference = (double) one.get(i) - other.get(i);
            squares += difference * difference;
        }
        return Math.sqrt(squares);
    }
}
