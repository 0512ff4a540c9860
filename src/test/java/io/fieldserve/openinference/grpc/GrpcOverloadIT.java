package io.fieldserve.openinference.grpc;

import io.fieldserve.http.OneRequest;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;

/** The same against the packaged service in a process of its own. */
@QuarkusIntegrationTest
@TestProfile(OneRequest.class)
class GrpcOverloadIT extends GrpcOverloadTest {}
