package io.fieldserve.http;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;

/** The same against the packaged service in a process of its own. */
@QuarkusIntegrationTest
@TestProfile(PlainRepository.class)
class PlainIT extends PlainTest {}
