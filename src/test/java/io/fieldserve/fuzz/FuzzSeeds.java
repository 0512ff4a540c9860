package io.fieldserve.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Writes what a run begins with. Also where targets find files of the test resources. */
public final class FuzzSeeds {

    /** Larger ones cost more time than they are worth. */
    private static final int LARGEST = 4096;

    private FuzzSeeds() {}

    /** Prints the names of all targets; or writes the seeds of one into a folder and its dictionary to a file. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length == 0) {
            Stream.of(FuzzTargets.values()).forEach(System.out::println);
            return;
        }
        FuzzTarget target = FuzzTargets.named(arguments[0]);
        Path folder = Files.createDirectories(Path.of(arguments[1]));
        List<byte[]> seeds =
                target.seeds().filter(seed -> seed.length <= LARGEST).toList();
        for (int i = 0; i < seeds.size(); i++) {
            Files.write(folder.resolve("seed-" + i), seeds.get(i));
        }
        Files.write(
                Path.of(arguments[2]),
                target.words().stream().map(FuzzSeeds::quoted).toList());
    }

    private static String quoted(String word) {
        StringBuilder text = new StringBuilder("\"");
        word.chars().forEach(character -> text.append("\\x%02x".formatted(character & 0xff)));
        return text.append('"').toString();
    }

    /** The files of a folder of the test resources whose names end like this. */
    public static Stream<byte[]> files(String folder, String suffix) {
        try (Stream<Path> files =
                Files.list(Path.of(FuzzSeeds.class.getResource("/" + folder).toURI()))) {
            return files
                    .filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .map(FuzzSeeds::bytes)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    static byte[] bytes(Path file) {
        try (InputStream stream = Files.newInputStream(file)) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
