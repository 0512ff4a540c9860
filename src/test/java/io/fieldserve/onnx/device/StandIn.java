package io.fieldserve.onnx.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Libraries of a few lines in place of NVIDIA's, which show that calls arrive as they were meant. */
final class StandIn {

    private static final Path SOURCES = Path.of("src/test/resources/device");

    private StandIn() {}

    /** The library of a source, compiled anew into a folder; ends the test where there is no C compiler. */
    static List<String> of(String source, Path folder) throws IOException, InterruptedException {
        assumeTrue(compiler(), "there is no C compiler (cc) to build a stand-in for the library with");
        Path library = folder.resolve(source.replace(".c", ".so"));
        Process compiler = new ProcessBuilder(
                        "cc",
                        "-shared",
                        "-fPIC",
                        "-o",
                        library.toString(),
                        SOURCES.resolve(source).toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(compiler.waitFor()).as(output).isZero();
        return List.of(library.toString());
    }

    private static boolean compiler() {
        return Stream.of(System.getenv("PATH").split(Pattern.quote(File.pathSeparator), -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "cc")));
    }
}
