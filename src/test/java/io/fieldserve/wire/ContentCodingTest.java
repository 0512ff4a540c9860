package io.fieldserve.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentCodingTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip                           | GZIP",
                "GZip                           | GZIP",
                "zstd                           | ZSTD",
                "gzip, deflate                  | GZIP",
                "gzip, deflate, br, zstd        | ZSTD",
                "zstd;q=0.4, gzip;q=0.5         | GZIP",
                "gzip ; q=0.2 , zstd ; q=0.2    | ZSTD",
                "zstd;q=0, gzip;q=1.0           | GZIP",
                "gzip;q=0                       | IDENTITY",
                "identity, gzip;q=0.5           | IDENTITY",
                "identity;q=0.5, gzip           | GZIP",
                "br                             | IDENTITY",
                "*                              | IDENTITY",
                "''                             | IDENTITY",
                "gzip;q=high                    | IDENTITY",
                "not a list, gzip;;q, x-gzip    | IDENTITY"
            })
    void followsTheWeightsOfTheCaller(String accepted, ContentCoding expected) {
        // When
        ContentCoding chosen = ContentCoding.choose(accepted);

        // Then
        assertThat(chosen).isEqualTo(expected);
    }

    @Test
    void compressesNothingForACallerThatDoesNotAsk() {
        // When
        ContentCoding chosen = ContentCoding.choose(null);

        // Then
        assertThat(chosen).isEqualTo(ContentCoding.IDENTITY);
    }
}
