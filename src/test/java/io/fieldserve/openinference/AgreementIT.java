package io.fieldserve.openinference;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.util.stream.LongStream;

/** The first of them against the packaged service in a process of its own. */
@QuarkusIntegrationTest
class AgreementIT extends AgreementTest {

    static LongStream firstSeeds() {
        return LongStream.of(0);
    }
}
