package io.fieldserve.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.UnixStat;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is unpacked, and what must not be. */
class ArchiveTest {
    private static final Map<String, String> FILES = Map.of("darcy/1/a.onnx", "one", "darcy/1/surrogate.json", "{}");

    @TempDir
    Path folder;

    private Path tree;

    @BeforeEach
    void anEmptyTree() throws IOException {
        tree = Files.createDirectory(folder.resolve("tree"));
    }

    @ParameterizedTest
    @CsvSource({"x.tgz, TAR_GZ", "x.tar.gz, TAR_GZ", "X.TGZ, TAR_GZ", "x.tar, TAR", "x.zip, ZIP", "x.tar.zst,", "tgz,"})
    void isKnownByItsName(String name, Archive expected) {
        // When, Then
        assertThat(Archive.of(name).orElse(null)).isEqualTo(expected);
    }

    @Test
    void unpacksATar() throws IOException {
        // When
        Archive.TAR_GZ.unpack(file(Packed.tarGz(FILES)), new Tree(tree, 5));

        // Then
        assertThat(Packed.unpacked(tree)).isEqualTo(FILES);
    }

    @Test
    void unpacksAZip() throws IOException {
        // When
        Archive.ZIP.unpack(file(Packed.zip(FILES)), new Tree(tree, 5));

        // Then
        assertThat(Packed.unpacked(tree)).isEqualTo(FILES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../x", "a/../../x", "a/..", "a\\..\\x", "a/1/x\u0007", "1/2/3/4/5/6/7/8/9/0/1/2/3/4/5/6/7"})
    void refusesNamesThatAreNotBelowTheFolder(String name) throws IOException {
        // Given
        Path tar = file(Packed.tarGz(Map.of(name, "x")));

        // When, Then
        assertThatThrownBy(() -> Archive.TAR_GZ.unpack(tar, new Tree(tree, 100)))
                .isInstanceOf(IOException.class)
                .hasMessage("it holds '%s', which is no name below a folder".formatted(name));
        assertThat(Packed.unpacked(tree)).isEmpty();
        assertThat(folder).isDirectoryNotContaining("glob:**/x");
    }

    @Test
    void refusesAZipWithAnAbsoluteName() throws IOException {
        // Given
        Path zip = file(Packed.zip(Map.of("/etc/x", "x")));

        // When, Then
        assertThatThrownBy(() -> Archive.ZIP.unpack(zip, new Tree(tree, 100)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("which is no name below a folder");
    }

    @ParameterizedTest
    @ValueSource(
            bytes = {
                TarConstants.LF_LINK,
                TarConstants.LF_SYMLINK,
                TarConstants.LF_CHR,
                TarConstants.LF_BLK,
                TarConstants.LF_FIFO,
                TarConstants.LF_GNUTYPE_SPARSE
            })
    void refusesLinksAndDevices(byte type) throws IOException {
        // Given
        TarArchiveEntry entry = new TarArchiveEntry("darcy/1/x", type);
        entry.setLinkName("/etc/passwd");
        Path tar = file(Packed.tarGz(List.of(entry), Map.of()));

        // When, Then
        assertThatThrownBy(() -> Archive.TAR_GZ.unpack(tar, new Tree(tree, 100)))
                .isInstanceOf(IOException.class)
                .hasMessage("it holds 'darcy/1/x', which is neither a file nor a folder");
        assertThat(Packed.unpacked(tree)).isEmpty();
    }

    @Test
    void refusesALinkInAZip() throws IOException {
        // Given
        Path zip = folder.resolve("archive");
        try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(zip)) {
            ZipArchiveEntry link = new ZipArchiveEntry("darcy/1/x");
            link.setUnixMode(UnixStat.LINK_FLAG | UnixStat.DEFAULT_LINK_PERM);
            out.putArchiveEntry(link);
            out.write("/etc/passwd".getBytes(StandardCharsets.UTF_8));
            out.closeArchiveEntry();
        }

        // When, Then
        assertThatThrownBy(() -> Archive.ZIP.unpack(zip, new Tree(tree, 100)))
                .isInstanceOf(IOException.class)
                .hasMessage("it holds 'darcy/1/x', which is neither a file nor a folder");
        assertThat(Packed.unpacked(tree)).isEmpty();
    }

    @Test
    void refusesMoreBytesThanAreAllowed() throws IOException {
        // Given a megabyte of zeros in a kilobyte
        Path tar = file(Packed.tarGz(Map.of("a", "0".repeat(1 << 20))));

        // When, Then
        assertThatThrownBy(() -> Archive.TAR_GZ.unpack(tar, new Tree(tree, 1 << 19)))
                .isInstanceOf(IOException.class)
                .hasMessage("it holds more than the 524288 bytes that are allowed");
        assertThat(Files.size(tree.resolve("a"))).isLessThanOrEqualTo(1 << 19);
    }

    @Test
    void refusesMoreEntriesThanAreAllowed() throws IOException {
        // Given
        List<TarArchiveEntry> entries = Collections.nCopies(10_001, "a/").stream()
                .map(TarArchiveEntry::new)
                .toList();
        Path tar = file(Packed.tarGz(entries, Map.of()));

        // When, Then
        assertThatThrownBy(() -> Archive.TAR_GZ.unpack(tar, new Tree(tree, 100)))
                .isInstanceOf(IOException.class)
                .hasMessage("it has more than 10000 entries");
    }

    @Test
    void refusesAFileThatComesTwice() throws IOException {
        // Given
        List<TarArchiveEntry> twice =
                Stream.of("a", "./a").map(TarArchiveEntry::new).toList();
        Path tar = file(Packed.tarGz(twice, Map.of("a", "1", "./a", "2")));

        // When, Then
        assertThatThrownBy(() -> Archive.TAR_GZ.unpack(tar, new Tree(tree, 100)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("twice");
    }

    @Test
    void refusesWhatIsCutShort() throws IOException {
        // Given
        byte[] whole = Packed.tarGz(FILES);
        Path tar = file(Arrays.copyOf(whole, whole.length / 2));

        // When, Then
        assertThatThrownBy(() -> Archive.TAR_GZ.unpack(tar, new Tree(tree, 100)))
                .isInstanceOf(EOFException.class);
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("archive"), bytes);
    }
}
