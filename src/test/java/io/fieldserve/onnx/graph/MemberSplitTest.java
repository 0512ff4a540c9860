package io.fieldserve.onnx.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts of ensembles against the whole: the shipped one, and those of make_ensembles.py. */
class MemberSplitTest {

    private static final Path DARCY = Path.of("models/repository/darcy-fno/1");

    /** Both graphs run the same operators; their optimisers may join different ones. */
    private static final double ROUNDING = 1e-6;

    @Test
    void partsOfTheShippedEnsembleGiveItsMembersAndGoldenMoments() throws IOException {
        // Given
        byte[] whole = Files.readAllBytes(DARCY.resolve("ensemble.onnx"));
        Map<String, Array> golden = golden();
        Array input = golden.get("permeability");

        // When
        List<byte[]> parts =
                MemberSplit.split(whole, Map.of("members", "pressure")).orElseThrow();

        // Then
        List<Array> members = parts.stream()
                .map(part -> Onnx.run(part, input).get("pressure"))
                .toList();
        stacked(members).assertCloseTo(Onnx.run(whole, input).get("members"), ROUNDING);
        moment(members, golden.get("mean"), false).assertCloseTo(golden.get("mean"), ROUNDING);
        // What is left of members that agree in most of their digits has fewer of its own.
        moment(members, golden.get("mean"), true).assertCloseTo(golden.get("std"), 1e-3);
    }

    @Test
    void aPartHoldsOnlyWhatItsMemberNeeds() throws IOException {
        // Given
        byte[] whole = Files.readAllBytes(DARCY.resolve("ensemble.onnx"));

        // When
        List<byte[]> parts =
                MemberSplit.split(whole, Map.of("members", "pressure")).orElseThrow();

        // Then
        assertThat(parts).hasSize(5).allSatisfy(part -> {
            assertThat(part.length).isBetween(whole.length / 5, whole.length / 5 + 20_000);
            assertThat(Onnx.operators(part)).doesNotContain("ReduceMean", "Sqrt");
        });
    }

    @Test
    void aPartHasTheInputsOfTheWholeAndOneOutputAField() {
        // Given
        byte[] whole = Onnx.graph("ensemble-two-fields");

        // When
        List<byte[]> parts = MemberSplit.split(whole, Map.of("u.members", "u", "v.members", "v"))
                .orElseThrow();

        // Then: member m gives u = (m + 1) x and v = u + 10.
        Array input = new Array(new long[] {1, 2}, new float[] {3, 4});
        Map<String, Array> second = Onnx.run(parts.get(1), input);
        assertThat(parts).hasSize(3);
        assertThat(second.keySet()).containsExactlyInAnyOrder("u", "v");
        assertThat(second.get("u").values()).containsExactly(6, 8);
        assertThat(second.get("v").values()).containsExactly(16, 18);
    }

    @Test
    void whatASubgraphCapturesComesAlong() {
        // Given
        byte[] whole = Onnx.graph("ensemble-branches");

        // When
        List<byte[]> parts = MemberSplit.split(whole, Map.of("members", "u")).orElseThrow();

        // Then: member m adds a captured 2 x where the sum is positive, a captured m otherwise.
        Array positive = new Array(new long[] {1, 2}, new float[] {3, 4});
        Array negative = new Array(new long[] {1, 2}, new float[] {-3, -4});
        assertThat(Onnx.run(parts.get(1), positive).get("u").values()).containsExactly(9, 12);
        assertThat(Onnx.run(parts.get(1), negative).get("u").values()).containsExactly(-2, -3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not-a-stack",
                "another-axis",
                "random",
                "random-in-a-branch",
                "weights-elsewhere",
                "name-is-taken",
                "one-member"
            })
    void whatIsNotSurelyAStackOfMembersStaysWhole(String name) {
        assertThat(MemberSplit.split(Onnx.graph("ensemble-" + name), Map.of("members", "u")))
                .isEmpty();
    }

    @Test
    void anOutputThatIsNotThereSplitsNothing() {
        assertThat(MemberSplit.split(Onnx.graph("ensemble-branches"), Map.of("other", "u")))
                .isEmpty();
    }

    @Test
    void fieldsWithUnequalNumbersOfMembersStayWhole() {
        assertThat(MemberSplit.split(Onnx.graph("ensemble-unequal"), Map.of("u.members", "u", "v.members", "v")))
                .isEmpty();
    }

    private static Map<String, Array> golden() throws IOException {
        try (InputStream file = Files.newInputStream(DARCY.resolve("golden.npz"))) {
            return SavedArrays.read(file);
        }
    }

    private static Array stacked(List<Array> members) {
        List<Float> values = new ArrayList<>();
        for (Array member : members) {
            for (float value : member.values()) {
                values.add(value);
            }
        }
        float[] all = new float[values.size()];
        for (int index = 0; index < all.length; index++) {
            all[index] = values.get(index);
        }
        long[] shape = members.getFirst().shape();
        return new Array(new long[] {members.size(), shape[0], shape[1], shape[2], shape[3]}, all);
    }

    /** Mean, or sample standard deviation, over members. */
    private static Array moment(List<Array> members, Array like, boolean deviation) {
        float[] result = new float[like.values().length];
        for (int point = 0; point < result.length; point++) {
            int index = point;
            double mean = members.stream()
                    .mapToDouble(member -> member.values()[index])
                    .average()
                    .orElseThrow();
            double squares = members.stream()
                    .mapToDouble(member -> Math.pow(member.values()[index] - mean, 2))
                    .sum();
            result[point] = (float) (deviation ? Math.sqrt(squares / (members.size() - 1)) : mean);
        }
        return new Array(like.shape(), result);
    }
}
