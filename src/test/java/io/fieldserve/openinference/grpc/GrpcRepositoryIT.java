package io.fieldserve.openinference.grpc;

import io.fieldserve.openinference.rest.ControlledRepository;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;

/** The same against the packaged service in a process of its own. */
@QuarkusIntegrationTest
@TestProfile(ControlledRepository.class)
class GrpcRepositoryIT extends GrpcRepositoryTest {}
