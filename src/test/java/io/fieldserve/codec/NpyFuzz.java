package io.fieldserve.codec;

import io.fieldserve.fuzz.FuzzSeeds;
import java.util.List;
import java.util.stream.Stream;

/** NPY bodies, for fields of finite numbers on a bounded grid, and for fields of any number on any grid. */
public final class NpyFuzz extends DecoderFuzz {

    @Override
    public void run(byte[] input) throws Exception {
        judge(new NpyDecoder(), GridContract.of("a"), input);
        judge(new NpyDecoder(), GridContract.boundless("a").allowingNonFinite(), input);
    }

    @Override
    public Stream<byte[]> seeds() {
        return Stream.of(
                        FuzzSeeds.files("codec", ".npy"),
                        Stream.of(Fixtures.npy(
                                "{'shape': (2, 1), 'fortran_order': True, 'descr': '>i2'}", new byte[] {0, 1, 0, 2})),
                        Stream.of(Fixtures.npy("<f4", "(1, 1L)", Fixtures.bytes(Float.NaN))))
                .flatMap(seeds -> seeds);
    }

    @Override
    public List<String> words() {
        return List.of(
                "'descr': ",
                "'fortran_order': ",
                "'shape': ",
                "True",
                "False",
                "'<f4'",
                "'>f8'",
                "'|b1'",
                "'<u8'",
                "'<f2'",
                "'|i1'",
                "(2, 1, 3, 4)",
                "()",
                "(1,)",
                "9223372036854775808",
                "-1",
                "\u0093NUMPY\u0001\u0000",
                "}\n");
    }
}
