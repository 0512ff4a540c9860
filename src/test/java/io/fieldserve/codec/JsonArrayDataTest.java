package io.fieldserve.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.fieldserve.prediction.Failure;
import io.fieldserve.prediction.FailureException;
import io.fieldserve.prediction.InputContract;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.SlabPool;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers whose name and shape come later. */
class JsonArrayDataTest {
    private static final InputContract CONTRACT = GridContract.of("a");

    private final SlabPool pool = new SlabPool(0);

    @ParameterizedTest
    @ValueSource(strings = {"[1, -2.5, 1e-1, 4, 0.5e1, -0]", "[[1, -2.5, 0.1], [4, 5, -0.0]]"})
    void takesNumbersFlatOrNested(String text) throws IOException {
        // Given
        JsonArrayData data = read(text);

        // When
        DecodedField field = data.field("a", List.of(2L, 3L), CONTRACT);

        // Then: the memory is the field's from now on
        data.close();
        assertThat(field.announced()).isEqualTo(Shape.of(2, 3));
        assertThat(field.tensor().shape()).isEqualTo(Shape.of(1, 1, 2, 3));
        float[] values = new float[6];
        field.tensor().floats().get(values);
        assertThat(values).containsExactly(1, -2.5f, 0.1f, 4, 5, -0f);
        assertThat(pool.outstandingSlabs()).isOne();
        field.tensor().close();
        assertThat(pool.outstandingSlabs()).isZero();
    }

    @Test
    void stopsAtTheEndOfItsArray() throws IOException {
        // Given
        JsonParser parser = parser("{\"data\": [[1, 2]], \"name\": \"a\"}");
        while (parser.currentToken() != JsonToken.START_ARRAY) {
            parser.nextToken();
        }

        // When
        JsonArrayData.read(parser, CONTRACT, pool, OptionalLong.empty()).close();

        // Then
        assertThat(parser.nextToken()).isEqualTo(JsonToken.FIELD_NAME);
        assertThat(parser.currentName()).isEqualTo("name");
        assertThat(pool.outstandingSlabs()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[1, 2]          | data of length 6 for shape [2, 3]                   | length 2",
                "[1,2,3,4,5,6,7] | data of length 6 for shape [2, 3]                   | length 7",
                "[]              | data of length 6 for shape [2, 3]                   | length 0",
                "[[1,2],[3,4],[5,6]] | data that is flat or nested as its shape [2, 3] | data nested as [3, 2]",
                "[[1,2,3,4,5,6]] | data that is flat or nested as its shape [2, 3]     | data nested as [1, 6]",
                "[1,2,3,4,NaN,6] | finite float32 numbers                              | NaN at [1, 1]",
                "[[1,2,1e39],[4,5,6]] | finite float32 numbers                         | Infinity at [0, 2]"
            })
    void refusesWhatIsNotOfTheShape(String text, String expected, String actual) throws IOException {
        // Given
        FailureException refused;
        try (JsonArrayData data = read(text)) {

            // When
            refused = catchThrowableOfType(FailureException.class, () -> data.field("a", List.of(2L, 3L), CONTRACT));
        }

        // Then
        assertThat(refused.failure()).isEqualTo(new Failure.MalformedBody("a", expected, actual));
        assertThat(pool.outstandingSlabs()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[1, [2]]    | a number at [1]              | an array",
                "[[1], [2,3]]| length 1 at [1]              | length 2",
                "[\"1\"]     | a number at [0]              | the string '1'",
                "[[[[[1]]]]] | arrays nested at most 4 deep | one nested deeper at [0, 0, 0, 0]"
            })
    void refusesWhatIsNoArrayOfNumbers(String text, String expected, String actual) {
        // When
        FailureException refused = catchThrowableOfType(FailureException.class, () -> read(text));

        // Then
        assertThat(refused.failure()).isEqualTo(new Failure.MalformedBody("", expected, actual));
        assertThat(pool.outstandingSlabs()).isZero();
    }

    @Test
    void refusesMoreNumbersThanAnyFieldMayHave() {
        // Given: 8 cases of 128 x 128 points are the most
        String text = "[" + "0,".repeat(8 * 128 * 128) + "0]";

        // When
        FailureException refused = catchThrowableOfType(FailureException.class, () -> read(text));

        // Then
        assertThat(refused.failure()).isEqualTo(new Failure.TooLarge("", "at most 131072 numbers in an array", "more"));
        assertThat(pool.outstandingSlabs()).isZero();
    }

    @Test
    void givesItsMemoryBackWhenTheBodyBreaksOff() {
        // When
        IOException broken = catchThrowableOfType(IOException.class, () -> read("[1, 2"));

        // Then
        assertThat(broken).isNotNull();
        assertThat(pool.outstandingSlabs()).isZero();
    }

    private JsonArrayData read(String text) throws IOException {
        JsonParser parser = parser(text);
        parser.nextToken();
        return JsonArrayData.read(parser, CONTRACT, pool, OptionalLong.of(text.length()));
    }

    private static JsonParser parser(String text) throws IOException {
        return Json.DEFAULT.parser(new ByteArrayInputStream(text.getBytes(UTF_8)));
    }
}
