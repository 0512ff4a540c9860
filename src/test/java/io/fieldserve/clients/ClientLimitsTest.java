package io.fieldserve.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fieldserve.prediction.Failure;
import io.fieldserve.prediction.FailureException;
import io.fieldserve.prediction.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientLimitsTest {

    private static final Client ALICE = Client.of(Optional.of("alice"), "192.0.2.1");
    private static final Client BOB = Client.of(Optional.of("bob"), "192.0.2.1");

    private final HandClock clock = new HandClock();

    private ClientLimits atOnce(int requests) {
        return new ClientLimits(
                new ClientBounds(OptionalInt.of(requests), OptionalDouble.empty(), OptionalInt.empty()), clock);
    }

    private ClientLimits rate(double rate, int burst) {
        return new ClientLimits(
                new ClientBounds(OptionalInt.empty(), OptionalDouble.of(rate), OptionalInt.of(burst)), clock);
    }

    private static Failure refusal(ClientLimits limits, Client client) {
        return catchThrowableOfType(FailureException.class, () -> limits.enter(client))
                .failure();
    }

    @Test
    void refusesARequestTooManyOfOneClientAlone() {
        // Given
        ClientLimits limits = atOnce(2);
        limits.enter(ALICE);
        limits.enter(ALICE);

        // When
        Failure refusal = refusal(limits, ALICE);
        limits.enter(BOB);

        // Then
        assertThat(refusal).isEqualTo(new Failure.TooManyAtOnce(2));
    }

    @Test
    void takesAnotherOnceOneIsAnswered() {
        // Given
        ClientLimits limits = atOnce(1);
        Scope.Closeable first = limits.enter(ALICE);
        refusal(limits, ALICE);

        // When
        first.close();

        // Then
        limits.enter(ALICE).close();
        assertThat(limits.clientsInFlight()).isZero();
    }

    @Test
    void aPlaceIsGivenBackOnce() {
        // Given
        Scope.Closeable place = atOnce(1).enter(ALICE);
        place.close();

        // When
        var again = assertThatIllegalStateException().isThrownBy(place::close);

        // Then
        again.withMessageContaining("before");
    }

    @Test
    void neverLetsMoreInThanMayAtOnceFromManyThreads() throws InterruptedException {
        // Given
        ClientLimits limits = atOnce(3);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Runnable visits = () -> {
            for (int visit = 0; visit < 2_000; visit++) {
                try {
                    Scope.Closeable place = limits.enter(ALICE);
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    inside.decrementAndGet();
                    place.close();
                } catch (FailureException full) {
                    Thread.onSpinWait();
                }
            }
        };

        // When
        List<Thread> threads = IntStream.range(0, 8)
                .mapToObj(i -> Thread.ofPlatform().start(visits))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }

        // Then
        assertThat(most.get()).isBetween(1, 3);
        assertThat(limits.clientsInFlight()).isZero();
    }

    @Test
    void refusesWhatIsOverTheBurstAndSaysWhenToComeAgain() {
        // Given two requests at once and then one every four seconds, of which three seconds have passed
        ClientLimits limits = rate(0.25, 2);
        limits.enter(ALICE);
        limits.enter(ALICE);
        clock.pass(Duration.ofSeconds(3));

        // When
        Failure refusal = refusal(limits, ALICE);
        limits.enter(BOB);

        // Then
        assertThat(refusal).isEqualTo(new Failure.TooOften(Duration.ofSeconds(1)));
    }

    @Test
    void takesAnotherOnceItIsDue() {
        // Given
        ClientLimits limits = rate(0.25, 1);
        limits.enter(ALICE);
        Failure.TooOften refusal = (Failure.TooOften) refusal(limits, ALICE);

        // When
        clock.pass(refusal.retryAfter());

        // Then
        limits.enter(ALICE);
        assertThat(refusal(limits, ALICE)).isEqualTo(new Failure.TooOften(Duration.ofSeconds(4)));
    }

    @Test
    void holdsToTheRateInTheLongRun() {
        // Given five a second for 100 s, after a burst of two
        ClientLimits limits = rate(5, 2);

        // When somebody asks every 10 ms
        int taken = 0;
        for (int tick = 0; tick < 10_000; tick++) {
            try {
                limits.enter(ALICE);
                taken++;
            } catch (FailureException tooOften) {
                assertThat(tooOften.failure()).isInstanceOf(Failure.TooOften.class);
            }
            clock.pass(Duration.ofMillis(10));
        }

        // Then
        assertThat(taken).isBetween(500, 502);
    }

    @Test
    void aBurstIsASecondsWorthUnlessItIsSaid() {
        // Given
        ClientLimits limits = new ClientLimits(
                new ClientBounds(OptionalInt.empty(), OptionalDouble.of(2.5), OptionalInt.empty()), clock);

        // When
        IntStream.range(0, 3).forEach(request -> limits.enter(ALICE));

        // Then
        assertThat(refusal(limits, ALICE)).isEqualTo(new Failure.TooOften(Duration.ofMillis(400)));
    }

    @Test
    void whatIsRefusedForOtherRequestsInFlightDoesNotCountTowardsTheRate() {
        // Given
        ClientLimits limits =
                new ClientLimits(new ClientBounds(OptionalInt.of(1), OptionalDouble.of(1), OptionalInt.of(2)), clock);
        Scope.Closeable first = limits.enter(ALICE);
        refusal(limits, ALICE);

        // When
        first.close();

        // Then
        limits.enter(ALICE).close();
        assertThat(refusal(limits, ALICE)).isInstanceOf(Failure.TooOften.class);
        assertThat(limits.clientsInFlight()).isZero();
    }

    @Test
    void aMillionAddressesAreNotAllRemembered() {
        // Given
        ClientLimits limits = rate(0.001, 10);

        // When
        IntStream.range(0, 1_000_000).forEach(i -> limits.enter(new Client.At(Integer.toString(i))));

        // Then
        assertThat(limits.clientsRemembered()).isEqualTo(RequestRate.MOST_CLIENTS);
    }

    @Test
    void clientsAreForgottenOnceTheyMayAskForAllAgain() {
        // Given ten requests, one of which is due every second
        ClientLimits limits = rate(1, 10);
        limits.enter(ALICE);
        clock.pass(Duration.ofSeconds(9));
        long before = limits.clientsRemembered();

        // When
        clock.pass(Duration.ofSeconds(1));

        // Then
        assertThat(before).isOne();
        assertThat(limits.clientsRemembered()).isZero();
    }

    @Test
    void aNameAndAnAddressThatReadAlikeAreTwoClients() {
        // When
        Client named = Client.of(Optional.of("192.0.2.1"), "192.0.2.1");

        // Then
        assertThat(named).isNotEqualTo(Client.of(Optional.empty(), "192.0.2.1"));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void aRateIsAPositiveNumber(double rate) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ClientBounds(OptionalInt.empty(), OptionalDouble.of(rate), OptionalInt.empty()));
    }

    @Test
    void aBurstNeedsARate() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ClientBounds(OptionalInt.empty(), OptionalDouble.empty(), OptionalInt.of(1)));
    }
}
