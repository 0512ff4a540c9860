package io.fieldserve.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ContentCodingTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip                           | GZIP",
                "GZip                           | GZIP",
                "zstd                           | ZSTD",
                "gzip, deflate                  | GZIP",
                "deflate                        | DEFLATE",
                "deflate, gzip;q=0.5            | DEFLATE",
                "deflate;q=0, gzip;q=0          | IDENTITY",
                "deflate;q=0.5, zstd;q=0.5      | ZSTD",
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

    @ParameterizedTest
    @CsvSource({
        "gzip, GZIP",
        "GZIP, GZIP",
        "deflate, DEFLATE",
        "Identity, IDENTITY",
        "zstd,",
        "br,",
        "x-gzip,",
        "'gzip, deflate',",
        "'',"
    })
    void readsTheCodingsOfRequests(String contentEncoding, ContentCoding expected) {
        // When
        Optional<ContentCoding> coding = ContentCoding.ofRequest(contentEncoding);

        // Then
        assertThat(coding).isEqualTo(Optional.ofNullable(expected));
    }

    @Test
    void readsARequestThatNamesNoCodingAsItIs() {
        // When
        Optional<ContentCoding> coding = ContentCoding.ofRequest(null);

        // Then
        assertThat(coding).hasValue(ContentCoding.IDENTITY);
    }

    @ParameterizedTest
    @EnumSource
    void givesBackWhatItCompresses(ContentCoding coding) throws IOException {
        // Given
        byte[] content = "0.25,".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();

        // When
        try (OutputStream target = coding.into(compressed)) {
            target.write(content);
        }

        // Then
        assertThat(coding.from(new ByteArrayInputStream(compressed.toByteArray()))
                        .readAllBytes())
                .isEqualTo(content);
        assertThat(compressed.size() < content.length / 50).isEqualTo(coding != ContentCoding.IDENTITY);
    }

    /** RFC 1950: a method of 8 in the low half of the first byte, and both bytes together a multiple of 31. */
    @Test
    void deflatesInTheFormatOfZlib() throws IOException {
        // Given
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();

        // When
        try (OutputStream target = ContentCoding.DEFLATE.into(compressed)) {
            target.write(1);
        }

        // Then
        byte[] bytes = compressed.toByteArray();
        assertThat(bytes[0] & 0xf).isEqualTo(8);
        assertThat((Byte.toUnsignedInt(bytes[0]) << 8 | Byte.toUnsignedInt(bytes[1])) % 31)
                .isZero();
    }
}
