package io.fieldserve.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fieldserve.batching.AdmissionBounds;
import io.fieldserve.batching.AdmissionGate;
import io.fieldserve.batching.OverloadException;
import io.fieldserve.prediction.FailureException;
import io.fieldserve.prediction.Scope;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ClientGateTest {

    private static final Client SOMEBODY = new Client.At("192.0.2.1");

    private final AdmissionGate gate =
            new AdmissionGate(new AdmissionBounds(2, 1_000, Duration.ofSeconds(1)), () -> Duration.ZERO);

    private static ClientLimits limits(OptionalInt requests) {
        return new ClientLimits(
                new ClientBounds(requests, OptionalDouble.empty(), OptionalInt.empty()), new HandClock());
    }

    @Test
    void givesBothPlacesBack() {
        // Given
        ClientLimits limits = limits(OptionalInt.of(1));
        Scope place = new ClientGate(limits, gate).enter(() -> SOMEBODY, 10);

        // When
        place.close();

        // Then
        assertThat(gate.requests()).isZero();
        assertThat(gate.bytes()).isZero();
        assertThat(limits.clientsInFlight()).isZero();
    }

    @Test
    void keepsNoPlaceOfAClientWhomTheServiceRefuses() {
        // Given
        ClientLimits limits = limits(OptionalInt.of(1));
        gate.enter(0);
        gate.enter(0);

        // When
        var refusal = assertThatExceptionOfType(OverloadException.class)
                .isThrownBy(() -> new ClientGate(limits, gate).enter(() -> SOMEBODY, 10));

        // Then
        refusal.withMessageContaining("in flight");
        assertThat(limits.clientsInFlight()).isZero();
    }

    @Test
    void takesNoPlaceOfTheServiceForAClientWhoIsOverItsLimit() {
        // Given
        ClientGate clients = new ClientGate(limits(OptionalInt.of(1)), gate);
        clients.enter(() -> SOMEBODY, 10);

        // When
        var refusal =
                assertThatExceptionOfType(FailureException.class).isThrownBy(() -> clients.enter(() -> SOMEBODY, 10));

        // Then
        refusal.withMessageContaining("in flight");
        assertThat(gate.requests()).isOne();
    }

    @Test
    void holdsAClientToItsRateWhereNothingElseIsLimited() {
        // Given
        ClientBounds bounds = new ClientBounds(OptionalInt.empty(), OptionalDouble.of(1), OptionalInt.of(1));
        ClientGate clients = new ClientGate(new ClientLimits(bounds, new HandClock()), gate);
        clients.enter(() -> SOMEBODY, 10).close();

        // When
        var refusal =
                assertThatExceptionOfType(FailureException.class).isThrownBy(() -> clients.enter(() -> SOMEBODY, 10));

        // Then
        refusal.withMessageContaining("more often than it may");
        assertThat(gate.requests()).isZero();
    }

    @Test
    void asksNobodyForTheirNameWhereNothingIsLimited() {
        // Given
        ClientGate clients = new ClientGate(limits(OptionalInt.empty()), gate);

        // When
        Scope place = clients.enter(
                () -> {
                    throw new AssertionError("nobody should ask");
                },
                10);

        // Then
        assertThat(gate.requests()).isOne();
        place.close();
    }
}
