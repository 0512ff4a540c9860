package io.fieldserve.server.metrics;

import io.fieldserve.onnx.device.Device;
import io.fieldserve.onnx.device.DeviceFigures;
import io.fieldserve.openinference.InferenceCounts;
import io.fieldserve.openinference.ModelStatistics;
import io.fieldserve.openinference.ModelStatistics.Spent;
import io.fieldserve.repository.SurrogateRepository;
import io.fieldserve.repository.SurrogateVersion;
import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The metrics of Triton under its very names, read when they are asked for: from the same counts as the statistics of the
 * Open Inference Protocol, for what is served at that moment.
 *
 * <p>Their type is unknown, as the library lets the name of a counter end in nothing but {@code _total}.
 */
@Singleton
final class TritonMetrics extends Collector {

    private static final List<String> LABELS = List.of("model", "version");
    private static final List<String> FAILURE_LABELS = List.of("model", "version", "reason");

    private final SurrogateRepository repository;
    private final InferenceCounts counts;
    private final Device device;

    @Inject
    TritonMetrics(SurrogateRepository repository, InferenceCounts counts, Device device) {
        this.repository = repository;
        this.counts = counts;
        this.device = device;
    }

    void register(@Observes StartupEvent event, CollectorRegistry registry) {
        registry.register(this);
    }

    @Override
    public List<MetricFamilySamples> collect() {
        List<ModelStatistics> served = repository
                .index()
                .versions()
                .map(version -> counts.of(version.manifest()))
                .toList();
        List<MetricFamilySamples> families = new ArrayList<>(List.of(
                family(
                        "nv_inference_request_success",
                        "Predictions made",
                        served,
                        model -> model.inferenceStats().success().count()),
                failures(),
                family("nv_inference_count", "Cases predicted", served, ModelStatistics::inferenceCount),
                family("nv_inference_exec_count", "Batches run", served, ModelStatistics::executionCount),
                family(
                        "nv_inference_request_duration_us",
                        "Time of predictions from the inputs to the answer, summed",
                        served,
                        model -> micros(model.inferenceStats().success())),
                family(
                        "nv_inference_queue_duration_us",
                        "Time that predictions waited for their batch, summed",
                        served,
                        model -> micros(model.inferenceStats().queue())),
                family(
                        "nv_inference_compute_infer_duration_us",
                        "Time that predictions ran, summed",
                        served,
                        model -> micros(model.inferenceStats().computeInfer())),
                family(
                        "nv_inference_compute_output_duration_us",
                        "Time from the end of the run to the answer, summed",
                        served,
                        model -> micros(model.inferenceStats().computeOutput()))));
        device.figures().ifPresent(figures -> add(figures, families));
        return families;
    }

    private static double micros(Spent spent) {
        return spent.ns() / 1e3;
    }

    private static MetricFamilySamples family(
            String name, String help, List<ModelStatistics> served, ToDoubleFunction<ModelStatistics> value) {
        List<MetricFamilySamples.Sample> samples = served.stream()
                .map(model -> new MetricFamilySamples.Sample(
                        name, LABELS, List.of(model.name(), model.version()), value.applyAsDouble(model)))
                .toList();
        return new MetricFamilySamples(name, Type.UNKNOWN, help, samples);
    }

    private MetricFamilySamples failures() {
        String name = "nv_inference_request_failure";
        List<MetricFamilySamples.Sample> samples = new ArrayList<>();
        repository
                .index()
                .versions()
                .map(SurrogateVersion::manifest)
                .forEach(manifest -> counts.failures(manifest)
                        .forEach((reason, count) -> samples.add(new MetricFamilySamples.Sample(
                                name,
                                FAILURE_LABELS,
                                List.of(manifest.name(), Integer.toString(manifest.version()), reason.name()),
                                count))));
        return new MetricFamilySamples(
                name, Type.UNKNOWN, "Predictions refused, dropped or failed after their inputs were read", samples);
    }

    private static void add(DeviceFigures figures, List<MetricFamilySamples> families) {
        families.add(gauge(
                "nv_gpu_memory_used_bytes", "Memory of the device in use, by whomever", (double) figures.memoryUsed()));
        families.add(gauge("nv_gpu_memory_total_bytes", "Memory of the device", (double) figures.memoryTotal()));
        figures.utilisation()
                .ifPresent(percent -> families.add(gauge(
                        "nv_gpu_utilization",
                        "Share of the last moments in which the device was busy",
                        percent / 100.0)));
    }

    private static MetricFamilySamples gauge(String name, String help, double value) {
        return new MetricFamilySamples(
                name, Type.GAUGE, help, List.of(new MetricFamilySamples.Sample(name, List.of(), List.of(), value)));
    }
}
