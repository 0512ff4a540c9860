package io.fieldserve.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fieldserve.codec.GzipInput;
import io.fieldserve.prediction.Failure;
import io.fieldserve.prediction.FailureException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class BodyLimitTest {

    private final BodyLimit tenBytes = new BodyLimit(10, Duration.ofMinutes(1));

    @Test
    void letsABodyOfJustItsSizeThrough() throws IOException {
        // When
        byte[] read = tenBytes.bounded(new ByteArrayInputStream(new byte[10])).readAllBytes();

        // Then
        assertThat(read).hasSize(10);
    }

    @Test
    void refusesTheByteAfterThat() {
        // Given
        InputStream bounded = tenBytes.bounded(new ByteArrayInputStream(new byte[11]));

        // When
        Failure failure = failureOf(bounded);

        // Then
        assertThat(failure).isEqualTo(new Failure.TooLarge("", "at most 10 bytes", "more"));
    }

    @Test
    void countsWhatABodyInflatesTo() {
        // Given a body that inflates to a thousand times its size
        BodyLimit limit = new BodyLimit(1 << 20, Duration.ofMinutes(1));
        byte[] bomb = TestArrays.gzip(new byte[1 << 26]);
        ByteArrayInputStream body = new ByteArrayInputStream(bomb);

        // When
        Failure failure = failureOf(limit.bounded(new GzipInput(limit.bounded(body))));

        // Then
        assertThat(failure).isEqualTo(new Failure.TooLarge("", "at most 1048576 bytes", "more"));
        assertThat(bomb.length - body.available()).as("bytes taken in").isLessThan(1 << 14);
    }

    @Test
    void letsDamageShow() {
        // Given
        byte[] half = Arrays.copyOf(TestArrays.gzip(new byte[5]), 15);
        InputStream bounded = tenBytes.bounded(new GzipInput(new ByteArrayInputStream(half)));

        // When, Then
        assertThatThrownBy(bounded::readAllBytes).isInstanceOf(EOFException.class);
    }

    @Test
    void judgesAnAnnouncedLength() {
        // When, Then
        tenBytes.check(OptionalLong.of(10));
        tenBytes.check(OptionalLong.empty());
        assertThatThrownBy(() -> tenBytes.check(OptionalLong.of(11)))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("at most 10 bytes, got 11 bytes");
    }

    @Test
    void refusesABodyThatTakesTooLong() {
        // Given
        BodyLimit noTime = new BodyLimit(10, Duration.ofNanos(1));

        // When
        Failure failure = failureOf(noTime.bounded(new ByteArrayInputStream(new byte[5])));

        // Then
        assertThat(failure).isEqualTo(new Failure.BodyNotReceived("it took more than 0 s"));
    }

    @Test
    void aBodyThatStopsComingIsNoFaultOfTheService() {
        // Given
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("Read timed out");
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return read();
            }
        };

        // When
        Failure failure = failureOf(tenBytes.bounded(broken));

        // Then
        assertThat(failure).isEqualTo(new Failure.BodyNotReceived("Read timed out"));
    }

    @Test
    void makesSense() {
        // When, Then
        assertThatThrownBy(() -> new BodyLimit(0, Duration.ofSeconds(1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BodyLimit(1, Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Failure failureOf(InputStream body) {
        return catchThrowableOfType(FailureException.class, body::readAllBytes).failure();
    }
}
