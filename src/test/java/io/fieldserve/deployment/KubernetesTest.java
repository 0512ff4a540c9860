package io.fieldserve.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a cluster is given: read against the types of its API, and held to what keeps it safe. */
class KubernetesTest {

    private static final Map<String, String> LABELS = Map.of("app.kubernetes.io/name", "fieldserve");
    /** For calls over gRPC, once those over HTTP are answered. */
    private static final Duration LAST_CALLS = Duration.ofSeconds(10);

    private static final String CPU = "k8s/overlays/cpu";
    private static final String GPU = "k8s/overlays/gpu";
    private static final String KSERVE = "k8s/overlays/kserve";
    private static final String IMAGE = "registry.example.org/fieldserve:";

    @Test
    void aMisspeltFieldIsRefused() {
        // Given
        String misspelt = """
                apiVersion: v1
                kind: Service
                metadata: {name: fieldserve}
                spec: {port: []}
                """;

        // When, Then
        assertThatThrownBy(() -> Manifests.parse(misspelt)).hasMessageContaining("Unrecognized field \"port\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {CPU, GPU})
    void podsHaveNoRightsAndAReadOnlyRoot(String overlay) {
        // When
        PodSpec pod = pod(Manifests.built(overlay));

        // Then
        PodSecurityContext security = pod.getSecurityContext();
        assertThat(security.getRunAsNonRoot()).isTrue();
        assertThat(security.getRunAsUser()).isEqualTo(65532);
        assertThat(security.getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(pod.getContainers()).hasSize(1);
        assertHasNoRights(pod.getContainers().getFirst().getSecurityContext());
    }

    @Test
    void eachOverlayRunsItsImage() {
        // When
        String processors = only(pod(Manifests.built(CPU))).getImage();
        String device = only(pod(Manifests.built(GPU))).getImage();

        // Then
        assertThat(processors).isEqualTo(IMAGE + "0.1.0");
        assertThat(device).isEqualTo(IMAGE + "0.1.0-cuda");
    }

    @Test
    void everySelectorFindsThePods() {
        // When
        Manifests manifests = Manifests.built(CPU);

        // Then
        PodTemplateSpec template = manifests.the(Deployment.class).getSpec().getTemplate();
        assertThat(template.getMetadata().getLabels()).isEqualTo(LABELS);
        assertThat(manifests.the(Service.class).getSpec().getSelector()).isEqualTo(LABELS);
        LabelSelector selector = new LabelSelector();
        selector.setMatchLabels(LABELS);
        assertThat(manifests.the(Deployment.class).getSpec().getSelector()).isEqualTo(selector);
        assertThat(manifests.the(PodDisruptionBudget.class).getSpec().getSelector())
                .isEqualTo(selector);
        assertThat(manifests.the(NetworkPolicy.class).getSpec().getPodSelector())
                .isEqualTo(selector);
        assertThat(manifests.the(CustomResources.ServiceMonitor.class).spec().selector())
                .isEqualTo(selector);
        assertThat(template.getSpec().getTopologySpreadConstraints())
                .hasSize(2)
                .allSatisfy(spread -> assertThat(spread.getLabelSelector()).isEqualTo(selector));
    }

    @Test
    void portsAndProbesAreThoseOfTheService() {
        // When
        Manifests manifests = Manifests.built(CPU);

        // Then
        Container container = only(pod(manifests));
        assertThat(container.getPorts())
                .extracting(ContainerPort::getName, ContainerPort::getContainerPort)
                .containsExactly(tuple("http", 8080), tuple("grpc", 8081));
        assertThat(manifests.the(Service.class).getSpec().getPorts())
                .extracting(ServicePort::getPort, port -> port.getTargetPort().getStrVal())
                .containsExactly(tuple(8080, "http"), tuple(8081, "grpc"));
        assertThat(container.getStartupProbe().getHttpGet().getPath()).isEqualTo("/q/health/started");
        assertThat(container.getLivenessProbe().getHttpGet().getPath()).isEqualTo("/q/health/live");
        assertThat(container.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/q/health/ready");
    }

    @Test
    void podsAreGivenTimeToAnswerWhatTheyHold() throws IOException {
        // Given
        Properties configuration = new Properties();
        try (Reader file = Files.newBufferedReader(Path.of("src/main/resources/application.properties"))) {
            configuration.load(file);
        }
        Duration shutdown = Duration.parse("PT" + configuration.getProperty("quarkus.shutdown.timeout"));
        Duration delay = delayOfTheImage();

        // When
        PodSpec pod = pod(Manifests.built(CPU));

        // Then
        assertThat(pod.getTerminationGracePeriodSeconds())
                .isGreaterThan(delay.plus(shutdown).plus(LAST_CALLS).toSeconds());
    }

    @Test
    void underKserveTheyNeedNoMoreThanAPodIsUsuallyGiven() throws IOException {
        // Given
        Duration given = Duration.ofSeconds(30);
        Duration delay = delayOfTheImage();

        // When
        Container container = Manifests.built(KSERVE)
                .the(CustomResources.ServingRuntime.class)
                .spec()
                .containers()
                .getFirst();

        // Then
        assertThat(container.getEnv()).anySatisfy(variable -> {
            assertThat(variable.getName()).isEqualTo("QUARKUS_SHUTDOWN_TIMEOUT");
            Duration shutdown = Duration.parse("PT" + variable.getValue());
            assertThat(delay.plus(shutdown).plus(LAST_CALLS)).isLessThan(given);
        });
    }

    private static Duration delayOfTheImage() throws IOException {
        Matcher image = Pattern.compile("QUARKUS_SHUTDOWN_DELAY=(\\d+s)")
                .matcher(Files.readString(Path.of("docker/Dockerfile")));
        assertThat(image.find()).isTrue();
        return Duration.parse("PT" + image.group(1));
    }

    @Test
    void theAutoscalerAloneSaysHowManyPodsThereAre() {
        // When
        Manifests manifests = Manifests.built(CPU);

        // Then
        assertThat(manifests.the(Deployment.class).getSpec().getReplicas()).isNull();
        HorizontalPodAutoscaler autoscaler = manifests.the(HorizontalPodAutoscaler.class);
        assertThat(autoscaler.getSpec().getScaleTargetRef().getName())
                .isEqualTo(manifests.the(Deployment.class).getMetadata().getName());
        assertThat(autoscaler.getSpec().getMinReplicas()).isGreaterThan(1);
        assertThat(manifests.the(ServiceAccount.class).getAutomountServiceAccountToken())
                .isFalse();
    }

    @Test
    void nothingLeavesThePods() {
        // When
        NetworkPolicy policy = Manifests.built(CPU).the(NetworkPolicy.class);

        // Then
        assertThat(policy.getSpec().getPolicyTypes()).contains("Ingress", "Egress");
        assertThat(policy.getSpec().getEgress()).isEmpty();
    }

    @Test
    void keysComeFromASecretAndNothingIsOpenByItself() {
        // When
        Container container = only(pod(Manifests.built(CPU)));

        // Then
        assertThat(container.getEnvFrom())
                .extracting(source -> source.getSecretRef().getName())
                .containsExactly("fieldserve-keys");
        assertThat(container.getEnv())
                .extracting(EnvVar::getName, EnvVar::getValue)
                .containsExactly(tuple("FIELDSERVE_SECURITY_OPEN_METRICS", "true"));
    }

    @Test
    void aComponentOpensTheServiceToWhomThePolicyLetsIn(@TempDir Path folder) throws IOException {
        // When
        Manifests manifests = Manifests.built(overlay(folder, "open"));

        // Then
        assertThat(only(pod(manifests)).getEnv())
                .extracting(EnvVar::getName, EnvVar::getValue)
                .contains(tuple("FIELDSERVE_SECURITY_OPEN", "true"));
        assertThat(manifests.the(NetworkPolicy.class).getSpec().getIngress())
                .isNotEmpty()
                .allSatisfy(rule -> assertThat(rule.getFrom()).isNotEmpty());
    }

    @Test
    void aComponentLetsPodsOutToNamesIssuersAndCollectors(@TempDir Path folder) throws IOException {
        // When
        NetworkPolicy policy = Manifests.built(overlay(folder, "egress")).the(NetworkPolicy.class);

        // Then
        assertThat(policy.getSpec().getEgress())
                .flatMap(NetworkPolicyEgressRule::getPorts)
                .extracting(port -> port.getPort().getIntVal(), NetworkPolicyPort::getProtocol)
                .containsExactly(tuple(53, "UDP"), tuple(53, "TCP"), tuple(443, "TCP"), tuple(4317, "TCP"));
    }

    /** The CPU overlay with a component more. */
    private static String overlay(Path folder, String component) throws IOException {
        Path root = folder.toRealPath();
        Path kubernetes = root.relativize(Path.of("k8s").toRealPath());
        Files.writeString(
                root.resolve("kustomization.yaml"),
                "resources: [%1$s/overlays/cpu]%ncomponents: [%1$s/components/%2$s]%n"
                        .formatted(kubernetes, component));
        return root.toString();
    }

    @Test
    void aPodOnTheGpuHasOneDeviceAndExactArithmetic() {
        // When
        Container container = only(pod(Manifests.built(GPU)));

        // Then
        assertThat(container.getResources().getLimits()).containsEntry("nvidia.com/gpu", new Quantity("1"));
        assertThat(container.getEnv()).anySatisfy(variable -> {
            assertThat(variable.getName()).isEqualTo("NVIDIA_TF32_OVERRIDE");
            assertThat(variable.getValue()).isEqualTo("0");
        });
    }

    @Test
    void kserveFindsTheRuntimeAndItsProtocols() {
        // When
        Manifests manifests = Manifests.built(KSERVE);

        // Then
        CustomResources.ServingRuntime runtime = manifests.the(CustomResources.ServingRuntime.class);
        CustomResources.Model model = manifests
                .the(CustomResources.InferenceService.class)
                .spec()
                .predictor()
                .model();
        assertThat(model.runtime()).isEqualTo(runtime.metadata().getName());
        assertThat(runtime.spec().supportedModelFormats())
                .extracting(CustomResources.ModelFormat::name)
                .contains(model.modelFormat().name());
        assertThat(runtime.spec().protocolVersions())
                .containsExactly("v2", "grpc-v2")
                .contains(model.protocolVersion());
        Container container = runtime.spec().containers().getFirst();
        assertThat(container.getName()).isEqualTo("kserve-container");
        assertThat(container.getImage()).isEqualTo(IMAGE + "0.1.0");
        assertThat(container.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertHasNoRights(container.getSecurityContext());
    }

    private static PodSpec pod(Manifests manifests) {
        return manifests.the(Deployment.class).getSpec().getTemplate().getSpec();
    }

    private static Container only(PodSpec pod) {
        assertThat(pod.getContainers()).hasSize(1);
        return pod.getContainers().getFirst();
    }

    private static void assertHasNoRights(SecurityContext security) {
        assertThat(security.getReadOnlyRootFilesystem()).isTrue();
        assertThat(security.getAllowPrivilegeEscalation()).isFalse();
        assertThat(security.getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(security.getCapabilities().getAdd()).isNullOrEmpty();
    }
}
