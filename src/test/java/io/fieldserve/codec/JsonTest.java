package io.fieldserve.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class JsonTest {

    private static void skip(Json json, int depth) throws IOException {
        String text = "[".repeat(depth) + "]".repeat(depth);
        try (JsonParser parser = json.parser(new ByteArrayInputStream(text.getBytes(UTF_8)))) {
            parser.nextToken();
            parser.skipChildren();
        }
    }

    @Test
    void nestsAsDeepAsItMay() throws IOException {
        // Given
        Json json = new Json(20);
        skip(json, 20);

        // When
        var refusal =
                assertThatExceptionOfType(StreamConstraintsException.class).isThrownBy(() -> skip(json, 21));

        // Then
        refusal.satisfies(tooDeep -> assertThat(Json.failure(tooDeep)).hasMessageContaining("nesting too deep"));
    }

    @Test
    void leavesRoomForWhatIsKnown() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Json(Json.LEAST_DEPTH - 1));
    }
}
