package io.fieldserve.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldserve.wire.ServiceTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The dashboard and the documentation speak of what there is, and the documentation of all of it. */
@QuarkusTest
@TestProfile(Measured.class)
class DashboardTest extends ServiceTest {

    private static final Pattern METRIC =
            Pattern.compile("\\b(?:fieldserve|nv|http|jvm|process|system|worker)_[a-z0-9_]+\\b");
    private static final Pattern ROW = Pattern.compile("\\| `((?:fieldserve|nv)_[a-z_]+)` \\| ([a-z]+) \\|.*");

    /** What only a service with an accelerator has. */
    private static final Pattern DEVICE = Pattern.compile("nv_gpu_.*|fieldserve_device_.*");

    @Test
    void theDashboardAsksForWhatThereIs() throws IOException {
        // Given a service that has answered once, and refused once
        post(
                PREDICT_DARCY,
                NPY,
                NPY,
                get("/v1/surrogates/darcy-fno/example", NPY).body());
        post(PREDICT_DARCY, JSON, JSON, new byte[0]);
        JsonNode dashboard = new ObjectMapper().readTree(new File("docker/grafana/fieldserve.json"));

        // When
        Set<String> scraped = MetricsTest.scrape().series().stream()
                .map(Exposition.Series::name)
                .collect(Collectors.toSet());

        // Then
        Set<String> asked = new TreeSet<>();
        dashboard
                .findValuesAsText("expr")
                .forEach(query -> METRIC.matcher(query).results().forEach(found -> asked.add(found.group())));
        asked.removeIf(DEVICE.asMatchPredicate());
        assertThat(asked).hasSizeGreaterThan(15).isSubsetOf(scraped);
        assertThat(dashboard.at("/panels")).allSatisfy(panel -> {
            assertThat(panel.at("/targets")).isNotEmpty();
            assertThat(panel.get("description").asText()).isNotEmpty();
        });
    }

    @Test
    void theDocumentationListsWhatThereIs() throws IOException {
        // Given
        post(PREDICT_DARCY, JSON, JSON, new byte[0]);
        Map<String, String> listed = new TreeMap<>();
        Files.readAllLines(Path.of("docs/operations.md")).stream()
                .map(ROW::matcher)
                .filter(row -> row.matches() && !DEVICE.matcher(row.group(1)).matches())
                .forEach(row -> listed.put(row.group(1), row.group(2)));

        // When
        Exposition scrape = MetricsTest.scrape();

        // Then
        Map<String, String> ours = new TreeMap<>(scrape.types());
        ours.keySet().removeIf(name -> !name.startsWith("fieldserve_") && !name.startsWith("nv_"));
        // Beside histograms, the largest of the last minutes or the time of the first.
        ours.keySet().removeIf(name -> name.endsWith("_max") || name.endsWith("_created"));
        assertThat(ours).isEqualTo(listed);
        assertThat(ours.keySet())
                .allSatisfy(name -> assertThat(scrape.helps().get(name)).isNotBlank());
    }
}
