package io.fieldserve.openinference;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same against the packaged service in a process of its own. */
@QuarkusIntegrationTest
class AgreementIT extends AgreementTest {}
