package io.fieldserve.onnx;

import io.fieldserve.surrogate.ManifestFixture;

/** The same members, arranged in both ways. */
enum Arrangement {
    SEPARATE,
    MOMENTS;

    ManifestFixture affine() {
        ManifestFixture affine = ManifestFixture.affine();
        return this == SEPARATE ? affine : affine.inOneGraph("affine-moments.onnx");
    }

    ManifestFixture pair() {
        ManifestFixture pair = ManifestFixture.pair();
        return this == SEPARATE ? pair : pair.inOneGraph("pair-moments.onnx");
    }
}
