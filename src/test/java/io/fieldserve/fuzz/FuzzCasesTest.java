package io.fieldserve.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every target holds for its seeds, and for whatever a run once found: {@code src/test/resources/fuzz/<target>/}. */
class FuzzCasesTest {

    @ParameterizedTest
    @EnumSource
    void holdsForSeedsAndFindings(FuzzTargets name) {
        // Given
        FuzzTarget target = name.make();

        // When, Then
        target.seeds().forEach(seed -> run(target, "a seed", seed));
        findings(name).forEach(file -> run(target, file.getFileName().toString(), FuzzSeeds.bytes(file)));
    }

    private static void run(FuzzTarget target, String name, byte[] input) {
        try {
            target.run(input);
        } catch (Exception | Error e) {
            throw new AssertionError(name + ": " + e, e);
        }
    }

    private static Stream<Path> findings(FuzzTargets target) {
        URL folder = FuzzCasesTest.class.getResource("/fuzz/" + target);
        if (folder == null) {
            return Stream.of();
        }
        try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
            return files.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
