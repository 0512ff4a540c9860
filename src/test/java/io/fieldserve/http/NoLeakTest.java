package io.fieldserve.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldserve.tensor.SlabPool;
import io.fieldserve.wire.ServiceTest;
import io.fieldserve.wire.TestArrays;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Every request gives back all the memory it took, answered or refused. */
@QuarkusTest
class NoLeakTest extends ServiceTest {

    @Inject
    SlabPool slabs;

    @Test
    void noSlabOutlivesItsRequest() {
        // Given
        byte[] good = TestArrays.npy(TestArrays.permeability(3, 64, 64));
        byte[] truncated = Arrays.copyOf(good, good.length - 1);

        // When
        int answered = post(PREDICT_DARCY + "?outputs=mean,std,lower,upper,members", NPY, NPZ, good)
                .statusCode();
        int partly = post(PREDICT_DARCY + "?members=2", NPY, JSON, good).statusCode();
        int refused = post(PREDICT_DARCY, NPY, NPZ, truncated).statusCode();
        int unservable = post(PREDICT_DARCY, NPY, NPY, TestArrays.npz("permeability", TestArrays.permeability(64, 64)))
                .statusCode();
        int option = post(PREDICT_DARCY + "?level=0.93", NPY, NPZ, good).statusCode();
        int example =
                get("/v1/surrogates/darcy-fno/example?reference=true", RAW).statusCode();

        // Then
        assertThat(new int[] {answered, partly, refused, unservable, option, example})
                .containsExactly(200, 200, 400, 400, 400, 400);
        assertThat(slabs.outstandingSlabs()).isZero();
    }
}
