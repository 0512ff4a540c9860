package io.fieldserve.server.tracing;

import io.fieldserve.prediction.Trails;
import io.opentelemetry.api.trace.Tracer;
import io.quarkus.opentelemetry.runtime.config.runtime.OTelRuntimeConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Follows predictions where traces are switched on, and else spends nothing on them. */
final class TracingWiring {

    @Produces
    @Singleton
    Trails trails(OTelRuntimeConfig config, Tracer tracer) {
        return config.sdkDisabled() ? Trails.NONE : new SpanTrails(tracer);
    }
}
