package io.fieldserve.codec;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** JSON bodies: for one field, for two, and for one that may hold NaN. */
public final class JsonFuzz extends DecoderFuzz {

    private static final List<GridContract> CONTRACTS = List.of(
            GridContract.of("a"),
            GridContract.of("a", "b"),
            GridContract.of("a").withRank(1).allowingNonFinite());

    @Override
    public void run(byte[] input) throws Exception {
        for (GridContract contract : CONTRACTS) {
            judge(new JsonDecoder(), contract, input);
        }
    }

    @Override
    public Stream<byte[]> seeds() {
        return Stream.of(
                        "{\"inputs\": {\"a\": [[1, 2.5], [-3e-4, 0]]}}",
                        "{\"inputs\": {\"a\": [[[[1]]], [[[2]]]], \"b\": [[1, 2, 3]]}}",
                        "{\"inputs\": {\"a\": {\"shape\": [1, 2, 2], \"data\": [1, 2, 3, 4]}}}",
                        "{\"inputs\": {\"a\": {\"data\": [[1, 2], [3, 4]], \"shape\": [2, 2]}}}",
                        "{\"inputs\": {\"a\": [NaN, -Infinity, 1e400, 0x1, 3.4028236e38]}}",
                        "{\"inputs\": {\"b\": [[1]], \"a\": {\"shape\": [9223372036854775807, 2], \"data\": []}}}",
                        "{\"inputs\": {\"\\u0061\": [[1, null, true, \"x\", {}]]}}",
                        "\ufeff {\"inputs\":{\"a\":[[1.17549435e-38,1.4e-45,7.006492321624085e-46]]}}\n")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public List<String> words() {
        return List.of(
                "{\"inputs\":{\"a\":",
                "\"a\":",
                "\"b\":",
                "\"shape\":",
                "\"data\":",
                "[[",
                "]]",
                "],[",
                "NaN",
                "-Infinity",
                "1e38",
                "3.4028235677973366e38",
                "-0",
                "[1,1,2,2]",
                "null",
                "}}");
    }
}
