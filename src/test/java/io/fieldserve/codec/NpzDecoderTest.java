package io.fieldserve.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldserve.prediction.Failure;
import io.fieldserve.tensor.Shape;
import java.io.ByteArrayInputStream;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpzDecoderTest {
    private static final int KIB = 1 << 10;
    private static final int MIB = 1 << 20;
    private static final byte[] ONE = Fixtures.npy("<f4", "(1, 2)", Fixtures.bytes(1, 2));

    /** Offsets into the header of an archive's first entry, where there is an archive. */
    private static final int FLAGS = 6;

    private static final int METHOD = 8;

    private final Decoding decoding = new Decoding(new NpzDecoder(), GridContract.of("permeability", "forcing"));

    @ParameterizedTest
    @CsvSource({
        "stored.npz, TOLD",
        "stored.npz, UNTOLD",
        "compressed.npz, TOLD",
        "compressed.npz, UNTOLD",
        "described.npz, TOLD",
        "described.npz, UNTOLD"
    })
    void readsArchivesOfNumpy(String file, BodyLength length) {
        // When
        try (DecodedInputs inputs = decoding.inputs(Fixtures.read(file), length)) {

            // Then
            Map<String, DecodedField> fields = inputs.fields();
            assertThat(fields).containsOnlyKeys("permeability", "forcing");
            assertThat(fields.get("permeability").tensor().floats()).isEqualTo(Fixtures.halves());
            assertThat(fields.get("forcing").announced()).isEqualTo(Shape.of(2, 1, 1, 4));
            assertThat(fields.get("forcing").tensor().floats().get(7)).isEqualTo(10);
        }
        decoding.requireAllReleased();
    }

    @ParameterizedTest
    @EnumSource(BodyLength.class)
    void givesFieldsInTheOrderOfTheManifest(BodyLength length) {
        // Given
        byte[] body = new Archives()
                .deflated("forcing.npy", ONE)
                .stored("permeability.npy", ONE)
                .finish();

        // When
        try (DecodedInputs inputs = decoding.inputs(body, length)) {

            // Then
            assertThat(inputs.fields().keySet()).containsExactly("permeability", "forcing");
        }
        decoding.requireAllReleased();
    }

    @ParameterizedTest
    @ValueSource(strings = {"stored.npz", "compressed.npz", "described.npz"})
    void readsFromAStreamThatGivesAFewBytesAtATime(String file) {
        // When
        try (DecodedInputs inputs =
                decoding.inputs(new TricklingStream(Fixtures.read(file), 7), OptionalLong.empty())) {

            // Then
            assertThat(inputs.fields().get("permeability").tensor().floats()).isEqualTo(Fixtures.halves());
        }
        decoding.requireAllReleased();
    }

    @Test
    void refusesAnUnknownField() {
        // Given
        byte[] body = new Archives()
                .stored("permeability.npy", ONE)
                .stored("density.npy", ONE)
                .finish();

        // When
        Failure failure = decoding.refusal(body, BodyLength.TOLD);

        // Then
        assertThat(failure).isEqualTo(new Failure.InvalidInput("", "the fields permeability, forcing", "'density'"));
    }

    @Test
    void refusesEntriesThatAreNotArrays() {
        // When
        Failure failure = decoding.refusal(
                new Archives().deflated("readme.txt", new byte[5]).finish(), BodyLength.TOLD);

        // Then
        assertThat(failure)
                .isEqualTo(new Failure.InvalidInput(
                        "", "the fields permeability, forcing", "an entry 'readme.txt', which is not a .npy file"));
    }

    @Test
    void refusesAMissingField() {
        // When
        Failure one =
                decoding.refusal(new Archives().stored("permeability.npy", ONE).finish(), BodyLength.TOLD);
        Failure both = decoding.refusal(new Archives().finish(), BodyLength.TOLD);

        // Then
        assertThat(one)
                .isEqualTo(
                        new Failure.InvalidInput("forcing", "the fields permeability, forcing", "a body without it"));
        assertThat(both)
                .isEqualTo(new Failure.InvalidInput(
                        "permeability", "the fields permeability, forcing", "a body without it"));
    }

    @Test
    void refusesAFieldThatComesTwice() {
        // Given
        byte[] body = Archives.replace(
                new Archives()
                        .stored("forcing.npy", ONE)
                        .stored("gnicrof.npy", ONE)
                        .finish(),
                "gnicrof",
                "forcing");

        // When
        Failure failure = decoding.refusal(body, BodyLength.TOLD);

        // Then
        assertThat(failure).isEqualTo(new Failure.MalformedBody("forcing", "the field once", "it twice"));
    }

    @ParameterizedTest
    @EnumSource(BodyLength.class)
    void refusesTenGigabytesByTheShapeTheyAnnounce(BodyLength length) {
        // Given
        byte[] bomb = new Archives()
                .deflated("forcing.npy", Fixtures.npy("<f4", "(50000, 50000)", new byte[0]), new byte[16 * MIB])
                .finish();

        // When
        Failure failure = decoding.refusal(bomb, length);

        // Then
        assertThat(failure).isEqualTo(new Failure.TooLarge("forcing", "at most 128 points along an axis", "50000"));
        assertThat(decoding.peakBytes()).isZero();
    }

    @ParameterizedTest
    @EnumSource(BodyLength.class)
    void refusesAnEntryThatYieldsMoreThanItsShapeWithoutUnpackingIt(BodyLength length) {
        // Given
        byte[] bomb =
                new Archives().deflated("forcing.npy", ONE, new byte[64 * MIB]).finish();
        ByteArrayInputStream body = new ByteArrayInputStream(bomb);

        // When
        Failure failure = decoding.refusal(body, length.of(bomb));

        // Then
        assertThat(failure)
                .isEqualTo(new Failure.MalformedBody(
                        "forcing", "8 bytes of data for shape [1, 2] of <f4", "more bytes than that"));
        assertThat(decoding.peakBytes()).isLessThanOrEqualTo(64 * KIB);
        assertThat(body.available()).isGreaterThan(bomb.length / 2);
    }

    @ParameterizedTest
    @EnumSource(BodyLength.class)
    void takesOnlyForWhatAnEntryHasYielded(BodyLength length) {
        // Given
        Decoding boundless = new Decoding(new NpzDecoder(), GridContract.boundless("forcing"));
        byte[] body = new Archives()
                .deflated("forcing.npy", Fixtures.npy("<f4", "(20000, 20000)", new byte[0]), new byte[3 * MIB])
                .finish();

        // When
        Failure failure = boundless.refusal(body, length);

        // Then
        assertThat(failure)
                .isEqualTo(new Failure.MalformedBody(
                        "forcing", "1600000000 bytes of data for shape [20000, 20000] of <f4", 3 * MIB + " bytes"));
        assertThat(boundless.peakBytes()).isLessThanOrEqualTo(2L * 3 * MIB + 64 * KIB);
    }

    @ParameterizedTest
    @EnumSource(BodyLength.class)
    void refusesDamagedContent(BodyLength length) {
        // Given
        byte[] stored = Fixtures.read("stored.npz");

        // When
        Failure failure = decoding.refusal(Archives.with(stored, 200, stored[200] ^ 1), length);

        // Then
        assertThat(failure)
                .isEqualTo(
                        new Failure.MalformedBody("", "'permeability.npy' to match its checksum", "damaged content"));
    }

    @Test
    void refusesWaysOfStoringThatItDoesNotRead() {
        // Given
        byte[] archive = new Archives().stored("forcing.npy", ONE).finish();

        // When
        Failure encrypted = decoding.refusal(Archives.with(archive, FLAGS, 1), BodyLength.TOLD);
        Failure lzma = decoding.refusal(Archives.with(archive, METHOD, 14), BodyLength.TOLD);
        Failure described = decoding.refusal(Archives.with(archive, FLAGS, 8), BodyLength.TOLD);

        // Then
        assertThat(encrypted)
                .isEqualTo(new Failure.MalformedBody("", "entries that are not encrypted", "'forcing.npy', which is"));
        assertThat(lzma)
                .isEqualTo(new Failure.MalformedBody(
                        "", "stored or deflated entries", "'forcing.npy' with compression method 14"));
        assertThat(described)
                .isEqualTo(new Failure.MalformedBody(
                        "", "stored entries with their size before the data", "'forcing.npy' with its size after it"));
    }

    @Test
    void refusesAnEntryLargerThanTheBody() {
        // Given
        byte[] archive = new Archives().stored("forcing.npy", ONE).finish();

        // When
        Failure failure = decoding.refusal(Archives.with(archive, 21, 0x7f), BodyLength.TOLD);

        // Then
        assertThat(failure).isInstanceOf(Failure.MalformedBody.class);
        assertThat(failure.detail()).contains("'forcing.npy' to fit in the body");
        assertThat(decoding.peakBytes()).isZero();
    }

    @ParameterizedTest
    @EnumSource(BodyLength.class)
    void refusesWhatFollowsTheArchive(BodyLength length) {
        // When
        Failure failure = decoding.refusal(Fixtures.join(Fixtures.read("stored.npz"), new byte[1]), length);

        // Then
        assertThat(failure).isEqualTo(new Failure.MalformedBody("", "nothing after the ZIP archive", "more bytes"));
    }

    @Test
    void refusesWhatIsNotAnArchive() {
        // When
        Failure empty = decoding.refusal(new byte[0], BodyLength.TOLD);
        Failure npy = decoding.refusal(Fixtures.read("f4.npy"), BodyLength.UNTOLD);

        // Then
        assertThat(empty).isEqualTo(new Failure.MalformedBody("", "an NPZ archive", "an empty body"));
        assertThat(npy)
                .isEqualTo(new Failure.MalformedBody("", "an NPZ archive, which starts with PK", "something else"));
    }
}
