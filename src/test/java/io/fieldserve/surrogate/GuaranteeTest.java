package io.fieldserve.surrogate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuaranteeTest {
    private final ObjectMapper mapper = ManifestJson.configure(new ObjectMapper());

    @ParameterizedTest
    @CsvSource({"POINTWISE, pointwise", "SIMULTANEOUS, simultaneous"})
    void hasOneNameInJsonAndInQueries(Guarantee guarantee, String name) {
        // When
        JsonNode json = mapper.valueToTree(guarantee);

        // Then
        assertThat(json.textValue()).isEqualTo(name);
        assertThat(guarantee.wireName()).isEqualTo(name);
    }
}
