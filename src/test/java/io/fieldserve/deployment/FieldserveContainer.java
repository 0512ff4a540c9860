package io.fieldserve.deployment;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/** A container of the image under test. It has started when the image's own health check has found it healthy. */
final class FieldserveContainer extends GenericContainer<FieldserveContainer> {

    static final long MEMORY = 2L << 30;

    private static final int PORT = 8080;

    FieldserveContainer(String image) {
        super(DockerImageName.parse(image));
        withExposedPorts(PORT);
        withEnv("FIELDSERVE_SECURITY_OPEN", "true");
        waitingFor(Wait.forHealthcheck());
        withStartupTimeout(Duration.ofMinutes(5));
        onHost(host -> host.withMemory(MEMORY));
    }

    /** As a cluster with strict rules runs it. */
    FieldserveContainer hardened() {
        return onHost(host -> host.withReadonlyRootfs(true)
                .withCapDrop(Capability.ALL)
                .withSecurityOpts(List.of("no-new-privileges"))
                .withPidsLimit(256L));
    }

    FieldserveContainer withRepository(Path folder) {
        return onHost(host -> host.withBinds(Bind.parse(folder.toAbsolutePath() + ":/models:ro")));
    }

    private FieldserveContainer onHost(Consumer<HostConfig> change) {
        Consumer<CreateContainerCmd> modifier =
                command -> change.accept(Objects.requireNonNull(command.getHostConfig()));
        return withCreateContainerCmdModifier(modifier);
    }

    HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    HttpResponse<byte[]> post(String path, String contentType, byte[] body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", contentType)
                .header("Accept", contentType)
                .POST(BodyPublishers.ofByteArray(body)));
    }

    private URI uri(String path) {
        return URI.create("http://" + getHost() + ":" + getMappedPort(PORT) + path);
    }

    private static HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.timeout(Duration.ofMinutes(2)).build(), BodyHandlers.ofByteArray());
        }
    }
}
