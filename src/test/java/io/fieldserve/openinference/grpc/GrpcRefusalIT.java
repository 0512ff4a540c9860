package io.fieldserve.openinference.grpc;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same against the packaged service in a process of its own. */
@QuarkusIntegrationTest
class GrpcRefusalIT extends GrpcRefusalTest {}
