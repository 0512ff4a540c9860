package io.fieldserve.server.metrics;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;

/** The same against the packaged service in a process of its own. */
@QuarkusIntegrationTest
@TestProfile(Measured.class)
class MetricsIT extends MetricsTest {}
