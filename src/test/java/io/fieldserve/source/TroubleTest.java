package io.fieldserve.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.file.AccessDeniedException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Health is open to strangers. */
class TroubleTest {

    private static final String SECRET = "storage.internal: /var/cache/models";

    static List<Arguments> failures() {
        return List.of(
                arguments(new ConnectException(SECRET), "it can't be reached"),
                arguments(new UnknownHostException(SECRET), "it can't be reached"),
                arguments(new HttpConnectTimeoutException(SECRET), "it doesn't answer in time"),
                arguments(new TimeoutException(SECRET), "it doesn't answer in time"),
                arguments(new SSLHandshakeException(SECRET), "no secure connection to it can be made"),
                arguments(new RefusedException(SECRET), "it refuses"),
                arguments(new AccessDeniedException(SECRET), "its cache can't be read or written"),
                arguments(new IOException(SECRET), "it failed, as the log says"),
                arguments(new IllegalStateException(SECRET), "it failed, as the log says"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void isAKindThatTellsNoNames(Exception failure, String kind) {
        // When
        String said = Trouble.of(failure);

        // Then
        assertThat(said).isEqualTo(kind);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void isThatOfTheCause(Exception failure, String kind) {
        // When
        String said = Trouble.of(new IOException(SECRET, new IOException(SECRET, failure)));

        // Then
        assertThat(said).isEqualTo(kind);
    }
}
