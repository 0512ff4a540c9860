package io.fieldserve.deployment;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What Kustomize makes of a folder under {@code k8s/}, each document read into its type. An unknown field fails. */
record Manifests(List<Object> resources) {

    private static final Map<String, Class<?>> TYPES = Map.of(
            "v1/Service", Service.class,
            "v1/ServiceAccount", ServiceAccount.class,
            "apps/v1/Deployment", Deployment.class,
            "autoscaling/v2/HorizontalPodAutoscaler", HorizontalPodAutoscaler.class,
            "policy/v1/PodDisruptionBudget", PodDisruptionBudget.class,
            "networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class,
            "monitoring.coreos.com/v1/ServiceMonitor", CustomResources.ServiceMonitor.class,
            "serving.kserve.io/v1alpha1/ServingRuntime", CustomResources.ServingRuntime.class,
            "serving.kserve.io/v1beta1/InferenceService", CustomResources.InferenceService.class);

    private static final ObjectMapper STRICT = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .annotationIntrospector(new WithoutCatchAll())
            .build();

    /** The models keep what they don't know in a map of additional properties; here that is a mistake. */
    private static final class WithoutCatchAll extends JacksonAnnotationIntrospector {

        private static final long serialVersionUID = 1;

        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            return false;
        }
    }

    /** Skips the test where there is no kubectl to build with. */
    static Manifests built(String folder) {
        assumeTrue(runs("kubectl", "version", "--client"), "There is no kubectl, so no overlay can be built");
        return parse(output("kubectl", "kustomize", folder));
    }

    static Manifests parse(String documents) {
        try (var values = STRICT.readerFor(JsonNode.class).<JsonNode>readValues(documents)) {
            return new Manifests(values.readAll().stream().map(Manifests::typed).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object typed(JsonNode document) {
        String name = document.path("apiVersion").asText() + "/"
                + document.path("kind").asText();
        if (!TYPES.containsKey(name)) {
            throw new IllegalArgumentException("No such type: " + name);
        }
        try {
            return STRICT.treeToValue(document, TYPES.get(name));
        } catch (IOException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }

    /** The only resource of this type. */
    <T> T the(Class<T> type) {
        List<T> found =
                resources.stream().filter(type::isInstance).map(type::cast).toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " of " + type.getSimpleName());
        }
        return found.getFirst();
    }

    private static boolean runs(String... command) {
        try {
            output(command);
            return true;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private static String output(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(String.join(" ", command) + " failed");
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
