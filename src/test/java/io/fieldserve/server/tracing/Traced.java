package io.fieldserve.server.tracing;

import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.quarkus.test.junit.QuarkusTestProfile;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;

/** A service that traces, keeps its spans, and runs two cases together but never one alone. */
public final class Traced implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "quarkus.otel.sdk.disabled", "false",
                "quarkus.otel.bsp.schedule.delay", "20ms",
                "fieldserve.batching.items", "2",
                "fieldserve.batching.delay", "10M");
    }

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
        return Set.of(Kept.class);
    }

    /** Where spans go instead of to a collector. */
    @Alternative
    @Singleton
    public static class Kept {

        @Produces
        @Singleton
        InMemorySpanExporter exporter() {
            return InMemorySpanExporter.create();
        }
    }
}
