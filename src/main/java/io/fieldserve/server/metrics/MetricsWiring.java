package io.fieldserve.server.metrics;

import io.micrometer.core.instrument.config.MeterFilter;
import io.prometheus.client.CollectorRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What the framework's metrics are joined to ours with. */
final class MetricsWiring {

    /** One for all: the framework would make another for each who asks. */
    @Produces
    @Singleton
    CollectorRegistry collectors() {
        return new CollectorRegistry(true);
    }

    @Produces
    @Singleton
    MeterFilter httpLabels() {
        return new HttpLabels();
    }
}
