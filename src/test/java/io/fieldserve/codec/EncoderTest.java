package io.fieldserve.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonGenerator;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.Tensor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What tensors are encoded to; that it can be read back is in {@link RoundTripTest}. */
class EncoderTest {
    @Test
    void writesNpyByteForByteAsNumpyDoes() throws IOException {
        // Given
        try (Tensor tensor = halves()) {

            // When
            List<ByteBuffer> body = NpyEncoder.encode(tensor, Fixtures.SHAPE);

            // Then
            assertThat(Pieces.bytes(body)).isEqualTo(Fixtures.read("f4.npy"));
        }
    }

    @Test
    void writesOneNumberAsNumpyDoes() throws IOException {
        // Given
        try (Tensor tensor = Tensors.of(Shape.of(1, 1), 2.5f)) {

            // When
            List<ByteBuffer> body = NpyEncoder.encode(tensor, Shape.of());

            // Then
            assertThat(Pieces.bytes(body)).isEqualTo(Fixtures.read("scalar.npy"));
        }
    }

    @Test
    void writesAnEntryPerArrayOfAnNpz() throws IOException {
        // Given
        NpzEncoder archive = new NpzEncoder();
        byte[] body;
        try (Tensor mean = halves();
                Tensor std = Tensors.of(Shape.of(), 2.5f)) {
            archive.add("mean", mean, Fixtures.SHAPE);
            archive.add("std", std, std.shape());

            // When
            body = Pieces.bytes(archive.finish());
        }

        // Then
        Map<String, byte[]> entries = entries(body);
        assertThat(entries.keySet()).containsExactly("mean.npy", "std.npy");
        assertThat(entries.get("mean.npy")).isEqualTo(Fixtures.read("f4.npy"));
        assertThat(entries.get("std.npy")).isEqualTo(Fixtures.read("scalar.npy"));
    }

    @Test
    void anArchiveOfNothingIsItsEndAlone() {
        // When
        byte[] archive = Pieces.bytes(new NpzEncoder().finish());

        // Then
        assertThat(archive).hasSize(22).startsWith('P', 'K', 5, 6);
    }

    @Test
    void anArchiveIsReadByTheJdk(@TempDir Path folder) throws IOException {
        // Given
        Path file = folder.resolve("arrays.npz");
        try (Tensor tensor = halves()) {
            NpzEncoder archive = new NpzEncoder();
            archive.add("größe", tensor, Fixtures.SHAPE);
            archive.add("b", tensor, Fixtures.SHAPE);

            // When
            Files.write(file, Pieces.bytes(archive.finish()));
        }

        // Then the directory agrees with the entries, and so do the checksums
        try (ZipFile read = new ZipFile(file.toFile())) {
            assertThat(read.stream().map(ZipEntry::getName)).containsExactly("größe.npy", "b.npy");
            assertThat(read.getInputStream(read.getEntry("größe.npy")).readAllBytes())
                    .isEqualTo(Fixtures.read("f4.npy"));
        }
    }

    @Test
    void anEncodedBodyReadsFromTheTensorsOwnMemory() {
        try (Tensor tensor = Tensors.of(Shape.of(2), 1, 2)) {
            // Given
            List<ByteBuffer> body = RawEncoder.encode(tensor);

            // When
            tensor.floats().put(0, 7);

            // Then
            assertThat(body.getFirst().order(ByteOrder.LITTLE_ENDIAN).getFloat(0))
                    .isEqualTo(7);
        }
    }

    @Test
    void writesNestedJsonArrays() throws IOException {
        try (Tensor tensor = Tensors.of(Shape.of(1, 1, 2, 3), 0, -0f, 1.5f, 0.1f, Float.MIN_VALUE, Float.MAX_VALUE)) {
            // When
            String json = json(tensor, Shape.of(2, 3));

            // Then
            assertThat(json).isEqualTo("[[0.0,-0.0,1.5],[0.1,1.4E-45,3.4028235E38]]");
        }
    }

    @Test
    void writesOneNumberBare() throws IOException {
        try (Tensor tensor = Tensors.of(Shape.of(1, 1), 2.5f)) {
            // When
            String json = json(tensor, Shape.of());

            // Then
            assertThat(json).isEqualTo("2.5");
        }
    }

    @Test
    void writesNullForWhatJsonHasNoNumberFor() throws IOException {
        try (Tensor tensor = Tensors.of(Shape.of(3), Float.NaN, Float.POSITIVE_INFINITY, 1)) {
            // When
            String json = json(tensor, Shape.of(3));

            // Then
            assertThat(json).isEqualTo("[null,null,1.0]");
        }
    }

    @Test
    void roundsNumbersWhereDigitsAreAskedFor() throws IOException {
        try (Tensor tensor = Tensors.of(Shape.of(4), 0.20282868f, -12.345f, 3, Float.NaN)) {
            // When
            String json = json(tensor, Shape.of(2, 2), Precision.significant(3));

            // Then
            assertThat(json).isEqualTo("[[0.203,-12.3],[3.0,null]]");
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3"})
    void writesNumbersAsShortAsTheyCanBe(long seed) throws IOException {
        // Given
        Shape shape = Shape.of(500);
        try (Tensor tensor = Tensors.random(shape, seed)) {

            // When
            String json = json(tensor, shape);

            // Then
            String[] numbers = json.substring(1, json.length() - 1).split(",", -1);
            FloatBuffer values = tensor.floats();
            assertThat(numbers).allSatisfy(number -> assertThat(number).isEqualTo(Float.toString(values.get())));
        }
    }

    @Test
    void refusesAShapeThatTheTensorCannotTake() {
        try (Tensor tensor = Tensors.of(Shape.of(3), 1, 2, 3)) {
            Shape other = Shape.of(4);

            // When, Then
            assertThatThrownBy(() -> NpyEncoder.encode(tensor, other)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> json(tensor, other)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static Tensor halves() {
        return Tensors.of(Fixtures.SHAPE, Fixtures.halves().array());
    }

    private static String json(Tensor tensor, Shape shown) throws IOException {
        return json(tensor, shown, Precision.SHORTEST);
    }

    private static String json(Tensor tensor, Shape shown, Precision precision) throws IOException {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        try (JsonGenerator generator = Json.DEFAULT.factory().createGenerator(target)) {
            JsonArrayEncoder.write(generator, tensor, shown, precision);
        }
        return target.toString(UTF_8);
    }

    private static Map<String, byte[]> entries(byte[] archive) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        return entries;
    }
}
