package io.fieldserve.batching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fieldserve.batching.AdmissionGate.Permit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdmissionGateTest {
    private final AtomicReference<Duration> backlog = new AtomicReference<>(Duration.ZERO);
    private final AdmissionGate gate =
            new AdmissionGate(new AdmissionBounds(3, 100, Duration.ofSeconds(10)), backlog::get);

    @Test
    void countsWhatItLetsIn() {
        // When
        Permit permit = gate.enter(40);
        gate.enter(60);

        // Then
        assertThat(gate.requests()).isEqualTo(2);
        assertThat(gate.bytes()).isEqualTo(100);
        permit.close();
        assertThat(gate.requests()).isEqualTo(1);
        assertThat(gate.bytes()).isEqualTo(60);
    }

    @Test
    void isDrainedWhenTheLastHasLeft() throws InterruptedException {
        // Given
        Permit permit = gate.enter(40);
        Thread draining = Thread.ofVirtual().start(() -> gate.drain(Duration.ofDays(1)));
        Awaitility.await().until(this::takesNothingOn);
        assertThat(draining.isAlive()).isTrue();

        // When
        permit.close();

        // Then
        draining.join();
        assertThat(gate.requests()).isZero();
    }

    private boolean takesNothingOn() {
        try {
            gate.enter(0).close();
            return false;
        } catch (DroppedException e) {
            return true;
        }
    }

    @Test
    void isNotWaitedForBeyondPatience() {
        // Given
        gate.enter(40);

        // When
        gate.drain(Duration.ofNanos(1));

        // Then
        assertThat(gate.requests()).isEqualTo(1);
    }

    @Test
    void refusesOneRequestTooMany() {
        // Given
        Permit permit = gate.enter(0);
        gate.enter(0);
        gate.enter(0);
        backlog.set(Duration.ofMillis(1500));

        // When
        OverloadException refusal = refusal(0);

        // Then
        assertThat(refusal.retryAfter()).isEqualTo(Duration.ofMillis(1500));
        assertThat(gate.requests()).isEqualTo(3);
        permit.close();
        gate.enter(0);
    }

    @Test
    void refusesAByteTooMany() {
        // Given
        gate.enter(40);

        // When
        OverloadException refusal = refusal(61);

        // Then
        assertThat(refusal.retryAfter()).isZero();
        assertThat(gate.bytes()).isEqualTo(40);
        gate.enter(60);
    }

    @Test
    void letsALoneRequestInHoweverLarge() {
        // When
        Permit permit = gate.enter(Long.MAX_VALUE);

        // Then nothing goes in beside it, not even one of unknown size
        assertThat(gate.requests()).isEqualTo(1);
        refusal(1);
        refusal(0);
        permit.close();
        assertThat(gate.bytes()).isZero();
    }

    @Test
    void refusesWhileWhatWaitsTakesTooLong() {
        // Given
        backlog.set(Duration.ofSeconds(10).plusNanos(1));

        // When
        OverloadException refusal = refusal(0);

        // Then
        assertThat(refusal.retryAfter()).isEqualTo(Duration.ofSeconds(10).plusNanos(1));
        assertThat(gate.requests()).isZero();
        backlog.set(Duration.ofSeconds(10));
        gate.enter(0);
    }

    @Test
    void takesAPermitBackOnce() {
        // Given
        Permit permit = gate.enter(10);
        gate.enter(20);
        permit.close();

        // When, Then
        assertThatThrownBy(permit::close).isInstanceOf(IllegalStateException.class);
        assertThat(gate.requests()).isEqualTo(1);
        assertThat(gate.bytes()).isEqualTo(20);
    }

    @ParameterizedTest
    @CsvSource({"0, 1, PT1S", "1, 0, PT1S", "1, 1, PT0S", "1, 1, PT-1S"})
    void boundsLetSomethingIn(int requests, long bytes, Duration wait) {
        // When, Then
        assertThatThrownBy(() -> new AdmissionBounds(requests, bytes, wait))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void countsExactlyWhateverComesTogether() throws InterruptedException {
        // Given
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger admitted = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int seed = 0; seed < 8; seed++) {
            Random random = new Random(seed);
            threads.add(Thread.ofPlatform().start(() -> {
                Gate.await(start);
                for (int i = 0; i < 20_000; i++) {
                    try (Permit _ = gate.enter(random.nextInt(60))) {
                        admitted.incrementAndGet();
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        inside.decrementAndGet();
                    } catch (OverloadException e) {
                        refused.incrementAndGet();
                    }
                }
            }));
        }

        // When
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }

        // Then
        assertThat(most.get()).isBetween(1, 3);
        assertThat(admitted.get() + refused.get()).isEqualTo(160_000);
        assertThat(gate.requests()).isZero();
        assertThat(gate.bytes()).isZero();
    }

    private OverloadException refusal(long size) {
        return catchThrowableOfType(OverloadException.class, () -> gate.enter(size));
    }
}
