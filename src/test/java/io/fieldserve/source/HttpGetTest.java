package io.fieldserve.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where redirects may lead; what is fetched is in {@link HttpArchiveTest}. */
class HttpGetTest {

    @ParameterizedTest
    @CsvSource({
        "https://host/a/x, y, https://host/a/y",
        "http://host/a/x, https://other/y, https://other/y",
        "http://host/a/x, http://other/y, http://other/y"
    })
    void redirectsLeadToTheSameOrMoreSecrecy(URI from, String location, URI expected) throws IOException {
        // When
        URI target = HttpGet.target(from, Optional.of(location));

        // Then
        assertThat(target).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"https://host/x, http://host/x", "http://host/x, file:///etc/passwd", "http://host/x,"})
    void redirectsLeadNowhereElse(URI from, String location) {
        // When, Then
        assertThatThrownBy(() -> HttpGet.target(from, Optional.ofNullable(location)))
                .isInstanceOf(IOException.class)
                .hasMessage("it was redirected to where it must not go, or nowhere");
    }
}
