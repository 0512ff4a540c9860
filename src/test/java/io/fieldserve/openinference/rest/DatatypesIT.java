package io.fieldserve.openinference.rest;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same against the packaged service in a process of its own. */
@QuarkusIntegrationTest
class DatatypesIT extends DatatypesTest {}
