package io.fieldserve.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.fieldserve.prediction.Failure;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which JSON bodies are refused, in which words, and at what cost. */
class JsonRefusalTest {
    private final Decoding decoding = new Decoding(new JsonDecoder(), GridContract.of("a"));

    @ParameterizedTest
    @MethodSource("malformedFields")
    void namesWhereAFieldIsMalformed(String field, String expected, String actual) {
        // When
        Failure failure = decoding.refusal(JsonDecoderTest.body(field), BodyLength.TOLD);

        // Then
        assertThat(failure).isEqualTo(new Failure.MalformedBody("a", expected, actual));
    }

    static Stream<Arguments> malformedFields() {
        return Stream.of(
                // Ragged
                arguments("[[1, 2, 3], [4, 5]]", "length 3 at [1]", "length 2"),
                arguments("[[1, 2], [4, 5, 6]]", "length 2 at [1]", "length 3"),
                arguments("[[[1], [2]], [[3]]]", "length 2 at [1]", "length 1"),
                arguments("[[[1, 1], [2, 2]], [[3, 3], [4]]]", "length 2 at [1, 1]", "length 1"),
                arguments("[[1, 2], []]", "length 2 at [1]", "length 0"),
                arguments("[[1, 2], 3]", "an array at [1]", "the number 3"),
                arguments("[[1, 2], [3, [4]]]", "a number at [1, 1]", "an array"),
                arguments("[1, [2]]", "a number at [1]", "an array"),
                // Not numbers
                arguments("[[1, \"2\"]]", "a number at [0, 1]", "the string '2'"),
                arguments("[[1, 2], [true, 4]]", "a number at [1, 0]", "true"),
                arguments("[[null]]", "a number at [0, 0]", "null"),
                arguments("[[1, {\"x\": 1}]]", "a number at [0, 1]", "an object"),
                arguments("\"zeros\"", "an array of numbers", "the string 'zeros'"),
                arguments("null", "an array of numbers", "null"),
                // Not finite
                arguments("[[1, NaN]]", "finite float32 numbers", "NaN at [0, 1]"),
                arguments("[[1, 2], [-Infinity, 4]]", "finite float32 numbers", "-Infinity at [1, 0]"),
                arguments("[[1, 2], [3, 1e39]]", "finite float32 numbers", "1e39 at [1, 1]"),
                arguments("[[3.4028236e38]]", "finite float32 numbers", "3.4028236e38 at [0, 0]"),
                arguments("[[-" + "9".repeat(40) + "]]", "finite float32 numbers", "-" + "9".repeat(40) + " at [0, 0]"),
                // Deep
                arguments("[[[[[1]]]]]", "arrays nested at most 4 deep", "one nested deeper at [0, 0, 0, 0]"),
                arguments("[".repeat(10_000), "arrays nested at most 4 deep", "one nested deeper at [0, 0, 0, 0]"),
                // Shape and data
                arguments("{\"shape\": [1, 2], \"data\": [1]}", "data of length 2 for shape [1, 2]", "length 1"),
                arguments("{\"shape\": [1, 2], \"data\": [1, 2, 3]}", "data of length 2 for shape [1, 2]", "more"),
                arguments("{\"data\": [1, 2, 3], \"shape\": [1, 2]}", "data of length 2 for shape [1, 2]", "length 3"),
                arguments(
                        "{\"shape\": [2, 3], \"data\": [[1, 2], [3, 4], [5, 6]]}",
                        "data that is flat or nested as its shape [2, 3]",
                        "data nested as [3, 2]"),
                arguments("{\"shape\": [1, 1]}", "\"shape\" and \"data\"", "an object without data"),
                arguments("{\"data\": [1]}", "\"shape\" and \"data\"", "an object without shape"),
                arguments("{}", "\"shape\" and \"data\"", "an object without data"),
                arguments("{\"shape\": [1, 1], \"shape\": [1, 1]}", "\"shape\" once", "it twice"),
                arguments("{\"data\": [1], \"data\": [1]}", "\"data\" once", "it twice"),
                arguments("{\"shape\": 4, \"data\": [1]}", "\"shape\" to be an array of integers", "the number 4"),
                arguments("{\"shape\": [1.5]}", "\"shape\" to be at most 64 integers", "the number 1.5"),
                arguments("{\"shape\": [[1]]}", "\"shape\" to be at most 64 integers", "an array"),
                arguments("{\"shape\": [1, -1]}", "a shape without negative dimensions", "shape [1, -1]"),
                arguments("{\"shape\": [1, 1], \"data\": \"AAA=\"}", "an array of numbers", "the string 'AAA='"));
    }

    @ParameterizedTest
    @MethodSource("malformedBodies")
    void namesWhatIsWrongWithTheBody(String body, String expected, String actual) {
        // When
        Failure failure = decoding.refusal(body.getBytes(UTF_8), BodyLength.UNTOLD);

        // Then
        assertThat(failure).isEqualTo(new Failure.MalformedBody("", expected, actual));
    }

    static Stream<Arguments> malformedBodies() {
        return Stream.of(
                arguments("", "a JSON object with \"inputs\"", "an empty body"),
                arguments(" \n ", "a JSON object with \"inputs\"", "an empty body"),
                arguments("[[1]]", "a JSON object with \"inputs\"", "an array"),
                arguments("{\"inputs\": [[1]]}", "\"inputs\" to be an object of fields", "an array"),
                arguments("{\"inputs\": \"x\\ny\"}", "\"inputs\" to be an object of fields", "the string 'x?y'"),
                arguments("{\"inputs\": {\"a\": [[1]]}, \"inputs\": {}}", "\"inputs\" once", "it twice"),
                arguments("{\"inputs\": {\"a\": [[1]]}} {}", "nothing after the JSON object", "an object"),
                arguments("{\"inputs\": {\"a\": [[1]]}} x", "valid JSON", "a syntax error at line 1, column 27"),
                arguments("{\"inputs\":\n {\"a\": [[1 2]]}}", "valid JSON", "a syntax error at line 2, column 12"),
                arguments("{\"inputs\":\n {\"a\": [[01]]}}", "valid JSON", "a syntax error at line 2, column 11"),
                arguments("{\"inputs\": {\"a\": [[.5]]}}", "valid JSON", "a syntax error at line 1, column 20"),
                arguments("{\"inputs\": {\"a\": [[1", "valid JSON", "a body that ends too early at line 1, column 21"),
                arguments(
                        "{\"inputs\": {\"a\": [[" + "1".repeat(2000) + "]]}}",
                        "valid JSON",
                        "nesting too deep, or a name, string or number that is too long"));
    }

    @Test
    void refusesUnknownFieldsAndKeys() {
        // When
        Failure field = decoding.refusal("{\"inputs\": {\"b\": [[1]]}}".getBytes(UTF_8), BodyLength.TOLD);
        Failure key = decoding.refusal("{\"input\": {\"a\": [[1]]}}".getBytes(UTF_8), BodyLength.TOLD);
        Failure member = decoding.refusal(JsonDecoderTest.body("{\"dtype\": \"f4\"}"), BodyLength.TOLD);

        // Then
        assertThat(field).isEqualTo(new Failure.InvalidInput("", "the field a", "'b'"));
        assertThat(key).isEqualTo(new Failure.InvalidInput("", "\"inputs\" and nothing else", "'input'"));
        assertThat(member).isEqualTo(new Failure.InvalidInput("a", "\"shape\" and \"data\"", "'dtype'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"inputs\": {}}"})
    void refusesAMissingField(String body) {
        // When
        Failure failure = decoding.refusal(body.getBytes(UTF_8), BodyLength.TOLD);

        // Then
        assertThat(failure).isEqualTo(new Failure.InvalidInput("a", "the field a", "a body without it"));
    }

    @Test
    void refusesAFieldThatComesTwice() {
        // When
        Failure failure =
                decoding.refusal("{\"inputs\": {\"a\": [[1]], \"a\": [[1]]}}".getBytes(UTF_8), BodyLength.TOLD);

        // Then
        assertThat(failure).isEqualTo(new Failure.MalformedBody("a", "the field once", "it twice"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[[], []]", "{\"shape\": [2, 0], \"data\": []}"})
    void refusesEmptyArrays(String field) {
        // When
        Failure failure = decoding.refusal(JsonDecoderTest.body(field), BodyLength.TOLD);

        // Then
        assertThat(failure).isInstanceOf(Failure.InvalidInput.class);
        assertThat(failure.detail()).contains("'a'").contains("at least one element in every dimension");
    }

    @Test
    void refusesWhatTheContractRefuses() {
        // When
        Failure channels = decoding.refusal(JsonDecoderTest.body("[[[1]], [[2]]]"), BodyLength.TOLD);
        Failure grid = decoding.refusal(JsonDecoderTest.body("[[" + "1,".repeat(128) + "1]]"), BodyLength.TOLD);
        Failure announced = decoding.refusal(JsonDecoderTest.body("{\"shape\": [9, 1, 1, 1]}"), BodyLength.TOLD);
        Failure overflow =
                decoding.refusal(JsonDecoderTest.body("{\"shape\": [4294967296, 4294967296]}"), BodyLength.TOLD);

        // Then
        assertThat(channels).isEqualTo(new Failure.InvalidInput("a", "1 channel", "2 channels"));
        assertThat(grid).isEqualTo(new Failure.TooLarge("a", "at most 128 points along an axis", "129"));
        assertThat(announced).isEqualTo(new Failure.TooLarge("a", "at most 8 in a batch", "9"));
        assertThat(overflow)
                .isEqualTo(new Failure.TooLarge(
                        "a", "a shape of fewer than 2^63 elements", "shape [4294967296, 4294967296]"));
    }

    @ParameterizedTest
    @EnumSource(BodyLength.class)
    void stopsReadingAtTheMostThatTheContractAllows(BodyLength length) {
        // Given
        byte[] body = JsonDecoderTest.body("[[" + "1,".repeat(8 * 128 * 128) + "1]]");

        // When
        Failure failure = decoding.refusal(body, length);

        // Then
        assertThat(failure).isEqualTo(new Failure.TooLarge("a", "at most 131072 numbers", "more"));
        assertThat(decoding.peakBytes()).isLessThanOrEqualTo(1 << 20);
    }

    @Test
    void takesNothingForAnAnnouncedShape() {
        // Given
        Decoding boundless = new Decoding(new JsonDecoder(), GridContract.boundless("a"));

        // When
        Failure failure = boundless.refusal(
                JsonDecoderTest.body("{\"shape\": [20000, 20000], \"data\": [1]}"), BodyLength.UNTOLD);

        // Then
        assertThat(failure)
                .isEqualTo(new Failure.MalformedBody(
                        "a", "data of length 400000000 for shape [20000, 20000]", "length 1"));
        assertThat(boundless.peakBytes()).isLessThanOrEqualTo(1 << 16);
    }

    @Test
    void quotesLongTextInPart() {
        // When
        Failure failure =
                decoding.refusal(JsonDecoderTest.body("[[\"" + "x".repeat(100_000) + "\"]]"), BodyLength.TOLD);

        // Then
        assertThat(failure)
                .isEqualTo(new Failure.MalformedBody(
                        "a", "a number at [0, 0]", "the string '" + "x".repeat(100) + " ...'"));
    }
}
