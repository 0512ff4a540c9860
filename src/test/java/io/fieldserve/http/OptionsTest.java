package io.fieldserve.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.Tensor;
import io.fieldserve.wire.ServiceTest;
import io.fieldserve.wire.TestArrays;
import io.quarkus.test.junit.QuarkusTest;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes back is what was asked for, in the layout of what was sent. */
@QuarkusTest
class OptionsTest extends ServiceTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "64,64     | [64, 64]       | [5, 64, 64]",
                "2,64,64   | [2, 64, 64]    | [5, 2, 64, 64]",
                "1,1,64,64 | [1, 1, 64, 64] | [5, 1, 1, 64, 64]",
                "48,80     | [48, 80]       | [5, 48, 80]"
            })
    void answersInTheLayoutOfTheInput(String sent, String mean, String members) {
        // Given
        long[] dims = java.util.Arrays.stream(sent.split(","))
                .mapToLong(Long::parseLong)
                .toArray();
        byte[] body = TestArrays.npy(TestArrays.permeability(dims));

        // When
        HttpResponse<byte[]> response = post(PREDICT_DARCY + "?outputs=mean,members", NPY, NPZ, body);

        // Then
        Map<String, Tensor> arrays = TestArrays.readNpz(response.body(), List.of("mean", "members"));
        assertThat(arrays.get("mean").shape()).hasToString(mean);
        assertThat(arrays.get("members").shape()).hasToString(members);
    }

    @Test
    void aBatchGivesWhatItsCasesGiveAlone() {
        // Given
        Tensor batch = TestArrays.filled(Shape.of(2, 64, 64), i -> i % 5 == 0 || i > 6000 ? 12 : 3);
        byte[] first = post(PREDICT_DARCY, NPY, NPZ, TestArrays.npy(batch.batchSlice(0, 1)))
                .body();
        byte[] second = post(PREDICT_DARCY, NPY, NPZ, TestArrays.npy(batch.batchSlice(1, 2)))
                .body();

        // When
        byte[] both = post(PREDICT_DARCY, NPY, NPZ, TestArrays.npy(batch)).body();

        // Then
        List<String> names = List.of("mean", "std", "lower", "upper");
        Map<String, Tensor> together = TestArrays.readNpz(both, names);
        Map<String, Tensor> alone = TestArrays.readNpz(first, names);
        Map<String, Tensor> other = TestArrays.readNpz(second, names);
        Tensor mean = together.get("mean");
        assertThat(distance(mean.batchSlice(0, 1), alone.get("mean"))).isLessThan(1e-8);
        assertThat(distance(mean.batchSlice(1, 2), other.get("mean"))).isLessThan(1e-8);
        assertThat(distance(mean.batchSlice(0, 1), other.get("mean"))).isGreaterThan(1e-4);
    }

    @Test
    void theIntervalIsTheCalibratedBandAroundTheMean() {
        // Given
        JsonNode calibration = calibration("darcy-fno");
        JsonNode level = level(calibration, 0.95, "simultaneous");

        // When
        HttpResponse<byte[]> response = post(
                PREDICT_DARCY + "?level=0.95&guarantee=simultaneous",
                NPY,
                JSON,
                TestArrays.npy(TestArrays.permeability(64, 64)));

        // Then
        JsonNode field = json(response).get("outputs").get("pressure");
        double mean = field.get("mean").get(10).get(20).asDouble();
        double std = field.get("std").get(10).get(20).asDouble();
        double halfWidth = level.get("scale").asDouble()
                * (std + calibration.get("std_floor").asDouble());
        assertThat(field.get("lower").get(10).get(20).asDouble()).isCloseTo(mean - halfWidth, within(mean));
        assertThat(field.get("upper").get(10).get(20).asDouble()).isCloseTo(mean + halfWidth, within(mean));
        assertThat(field.get("interval").get("coverage").asDouble())
                .isEqualTo(level.get("coverage").asDouble());
        assertThat(field.get("interval").get("guarantee").asText()).isEqualTo("simultaneous");
    }

    @Test
    void meanAndStdAreThoseOfTheMembersAskedFor() {
        // When
        HttpResponse<byte[]> response = post(
                PREDICT_DARCY + "?members=2&outputs=mean,std,members",
                NPY,
                JSON,
                TestArrays.npy(TestArrays.permeability(64, 64)));

        // Then
        JsonNode field = json(response).get("outputs").get("pressure");
        double first = field.get("members").get(0).get(30).get(30).asDouble();
        double second = field.get("members").get(1).get(30).get(30).asDouble();
        assertThat(field.get("members")).hasSize(2);
        assertThat(field.get("mean").get(30).get(30).asDouble()).isCloseTo((first + second) / 2, within(first));
        assertThat(field.get("std").get(30).get(30).asDouble())
                .isCloseTo(Math.abs(first - second) / Math.sqrt(2), within(first));
        assertThat(json(response)
                        .get("trust")
                        .get("cases")
                        .get(0)
                        .get("trusted")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void aSingleMemberHasNeitherStdNorSpread() {
        // When
        HttpResponse<byte[]> response =
                post(PREDICT_DARCY + "?members=1", NPY, JSON, TestArrays.npy(TestArrays.permeability(64, 64)));

        // Then
        JsonNode spread =
                json(response).get("trust").get("cases").get(0).get("spread").get("pressure");
        assertThat(names(json(response).get("outputs").get("pressure")))
                .contains("mean")
                .doesNotContain("std");
        assertThat(spread.get("score").isNull()).isTrue();
        assertThat(spread.get("p_value").isNull()).isTrue();
    }

    @Test
    void saysWhyNotToTrustAnInputUnlikeTheTrainingData() {
        // Given: a permeability ten times the one in training
        byte[] body = TestArrays.npy(TestArrays.filled(Shape.of(64, 64), i -> i % 2 == 0 ? 120 : 30));

        // When
        HttpResponse<byte[]> response = post(PREDICT_DARCY, NPY, JSON, body);

        // Then
        JsonNode verdict = json(response).get("trust").get("cases").get(0);
        assertThat(response.headers().firstValue("Fieldserve-Trusted")).hasValue("?0");
        assertThat(verdict.get("trusted").asBoolean()).isFalse();
        assertThat(verdict.get("reasons").get(0).asText())
                .contains("permeability spans 30")
                .contains("training saw 3");
    }

    @Test
    void givesNoIntervalOnAGridThatWasNotCalibrated() {
        // When
        HttpResponse<byte[]> response =
                post(PREDICT_DARCY, NPY, JSON, TestArrays.npy(TestArrays.permeability(100, 100)));

        // Then
        JsonNode field = json(response).get("outputs").get("pressure");
        assertThat(names(field)).contains("mean", "std").doesNotContain("lower", "upper", "interval");
        assertThat(json(response)
                        .get("trust")
                        .get("cases")
                        .get(0)
                        .get("reasons")
                        .toString())
                .contains("not calibrated on grid [100, 100]", "[64, 64]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "level=0.93            | level     | 0.93",
                "level=high            | level     | high",
                "guarantee=sometimes   | guarantee | sometimes",
                "outputs=mean,variance | outputs   | variance",
                "members=0             | members   | 0",
                "members=99            | members   | 99",
                "members=1&outputs=std | outputs   | members=1",
                "levle=0.9             | levle     | unknown",
                "level=77&outputs=mean | level     | 77",
                "level=0x1p-1          | level     | 0x1p-1",
                "level=0.9&level=0.5   | level     | 2 values",
                "shape=64,64           | shape     | one",
                "arrays=ragged         | arrays    | ragged",
                "precision=0           | precision | 0",
                "precision=10          | precision | 10",
                "precision=4.0         | precision | 4.0",
                "precision=two         | precision | two",
                "precision=99999999999 | precision | 99999999999"
            })
    void refusesParameters(String query, String parameter, String actual) {
        // When
        HttpResponse<byte[]> response =
                post(PREDICT_DARCY + "?" + query, NPY, JSON, TestArrays.npy(TestArrays.permeability(64, 64)));

        // Then
        JsonNode problem = problem(response, 400);
        assertThat(problem.get("parameter").asText()).isEqualTo(parameter);
        assertThat(problem.get("actual").asText()).contains(actual);
    }

    @ParameterizedTest
    @ValueSource(strings = {NPY, NPZ, RAW})
    void refusesAPrecisionOfWhatHasNoDigits(String accept) {
        // When
        HttpResponse<byte[]> response =
                post(PREDICT_DARCY + "?precision=4", NPY, accept, TestArrays.npy(TestArrays.permeability(64, 64)));

        // Then
        JsonNode problem = problem(response, 400);
        assertThat(problem.get("parameter").asText()).isEqualTo("precision");
        assertThat(problem.get("expected").asText()).contains(accept);
    }

    @ParameterizedTest
    @ValueSource(strings = {NPY, NPZ, RAW})
    void refusesAFormOfArraysForWhatHasOne(String accept) {
        // When
        HttpResponse<byte[]> response =
                post(PREDICT_DARCY + "?arrays=nested", NPY, accept, TestArrays.npy(TestArrays.permeability(64, 64)));

        // Then
        JsonNode problem = problem(response, 400);
        assertThat(problem.get("parameter").asText()).isEqualTo("arrays");
        assertThat(problem.get("expected").asText()).contains(accept);
    }

    @Test
    void flatArraysHoldTheNestedOnesInOrder() {
        // Given
        byte[] body = TestArrays.npy(TestArrays.filled(Shape.of(2, 48, 80), i -> i % 5 == 0 || i > 6000 ? 12 : 3));
        JsonNode nested = json(post(PREDICT_DARCY + "?outputs=mean,members", NPY, JSON, body));

        // When
        JsonNode flat = json(post(PREDICT_DARCY + "?outputs=mean,members&arrays=flat", NPY, JSON, body));

        // Then
        JsonNode shown = nested.get("outputs").get("pressure");
        JsonNode listed = flat.get("outputs").get("pressure");
        assertThat(listed.get("shape")).isEqualTo(shown.get("shape")).hasToString("[2,48,80]");
        assertThat(listed.has("mean")).isFalse();
        assertThat(listed.get("flat").size()).isEqualTo(2);
        JsonNode mean = listed.get("flat").get("mean");
        JsonNode members = listed.get("flat").get("members");
        assertThat(mean.size()).isEqualTo(2 * 48 * 80);
        assertThat(members.size()).isEqualTo(5 * 2 * 48 * 80);
        assertThat(mean.get((1 * 48 + 7) * 80 + 11))
                .isEqualTo(shown.at("/mean/1/7/11"))
                .isNotEqualTo(shown.at("/mean/0/7/11"));
        assertThat(members.get(((3 * 2 + 1) * 48 + 7) * 80 + 11)).isEqualTo(shown.at("/members/3/1/7/11"));
    }

    @Test
    void roundsNumbersToTheDigitsAskedFor() {
        // Given
        byte[] body = TestArrays.npy(TestArrays.permeability(64, 64));
        JsonNode all = json(post(PREDICT_DARCY, NPY, JSON, body));

        // When
        JsonNode rounded = json(post(PREDICT_DARCY + "?precision=3", NPY, JSON, body));

        // Then
        for (String quantity : List.of("mean", "std", "lower", "upper")) {
            JsonNode exact = all.get("outputs").get("pressure").get(quantity).get(20);
            JsonNode short3 =
                    rounded.get("outputs").get("pressure").get(quantity).get(20);
            for (int i = 0; i < 64; i++) {
                BigDecimal value = new BigDecimal((float) exact.get(i).asDouble());
                assertThat(new BigDecimal(short3.get(i).asText()))
                        .isEqualByComparingTo(value.round(new MathContext(3, RoundingMode.HALF_EVEN)));
            }
        }
    }

    @Test
    void refusesAnIntervalWhereNoneIsCalibrated() {
        // When
        HttpResponse<byte[]> response =
                post(PREDICT_DARCY + "?outputs=lower", NPY, JSON, TestArrays.npy(TestArrays.permeability(100, 100)));

        // Then
        assertThat(problem(response, 400).get("detail").asText()).contains("outputs", "[64, 64]", "[100, 100]");
    }

    @Test
    void refusesAVersionThatIsNotServed() {
        // When
        HttpResponse<byte[]> response =
                post(PREDICT_DARCY + "?version=7", NPY, JSON, TestArrays.npy(TestArrays.permeability(64, 64)));

        // Then
        assertThat(problem(response, 404).get("detail").asText()).contains("version '7'", "one of 1");
    }

    private static JsonNode calibration(String surrogate) {
        return json(get("/v1/surrogates/" + surrogate, JSON))
                .get("manifest")
                .get("calibration")
                .get("fields")
                .get(0)
                .get("grids")
                .get(0);
    }

    private static JsonNode level(JsonNode calibration, double level, String guarantee) {
        for (JsonNode candidate : calibration.get("levels")) {
            if (candidate.get("level").asDouble() == level
                    && candidate.get("guarantee").asText().equals(guarantee)) {
                return candidate;
            }
        }
        throw new AssertionError("level " + level + " is not offered");
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static org.assertj.core.data.Offset<Double> within(double scale) {
        return org.assertj.core.data.Offset.offset(1e-6 * Math.abs(scale));
    }

    private static double distance(Tensor left, Tensor right) {
        double squares = 0;
        for (int i = 0; i < right.floats().capacity(); i++) {
            double difference = (double) left.floats().get(i) - right.floats().get(i);
            squares += difference * difference;
        }
        return Math.sqrt(squares);
    }
}
