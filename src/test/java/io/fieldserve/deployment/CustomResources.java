package io.fieldserve.deployment;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;
import java.util.Map;

/**
 * As much of other projects' resources as the manifests use, after their definitions: Prometheus operator, {@code
 * monitoring.coreos.com/v1}; KServe, {@code serving.kserve.io/v1alpha1} and {@code v1beta1}.
 */
final class CustomResources {

    private CustomResources() {}

    record ServiceMonitor(String apiVersion, String kind, ObjectMeta metadata, ServiceMonitorSpec spec) {}

    record ServiceMonitorSpec(LabelSelector selector, List<Endpoint> endpoints) {}

    record Endpoint(String port, String path, String interval) {}

    record ServingRuntime(String apiVersion, String kind, ObjectMeta metadata, ServingRuntimeSpec spec) {}

    record ServingRuntimeSpec(
            Map<String, String> annotations,
            List<ModelFormat> supportedModelFormats,
            List<String> protocolVersions,
            Boolean multiModel,
            List<Container> containers) {}

    record ModelFormat(String name, String version, Boolean autoSelect, Integer priority) {}

    record InferenceService(String apiVersion, String kind, ObjectMeta metadata, InferenceServiceSpec spec) {}

    record InferenceServiceSpec(Predictor predictor) {}

    record Predictor(Integer minReplicas, Integer maxReplicas, Boolean automountServiceAccountToken, Model model) {}

    record Model(ModelFormat modelFormat, String runtime, String protocolVersion, String storageUri) {}
}
