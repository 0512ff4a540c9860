package io.fieldserve.openinference.rest;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;

/** The same against the packaged service in a process of its own. */
@QuarkusIntegrationTest
@TestProfile(ControlledRepository.class)
class RepositoryControlIT extends RepositoryControlTest {}
