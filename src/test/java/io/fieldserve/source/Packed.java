package io.fieldserve.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Archives as others make them, in memory. */
public final class Packed {
    private Packed() {}

    /** A .tar.gz of text files, by name. */
    static byte[] tarGz(Map<String, String> files) {
        List<TarArchiveEntry> entries =
                new TreeMap<>(files).keySet().stream().map(TarArchiveEntry::new).toList();
        return tarGz(entries, files);
    }

    /** A .tar.gz of these entries, whose content is found by name. */
    static byte[] tarGz(List<TarArchiveEntry> entries, Map<String, String> contents) {
        return written(bytes -> {
            try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
                for (TarArchiveEntry entry : entries) {
                    byte[] content = contents.getOrDefault(entry.getName(), "").getBytes(StandardCharsets.UTF_8);
                    entry.setSize(content.length);
                    tar.putArchiveEntry(entry);
                    tar.write(content);
                    tar.closeArchiveEntry();
                }
            }
        });
    }

    /** A .tar.gz of all files below a folder. */
    public static byte[] tarGz(Path folder) {
        return written(bytes -> {
            try (Stream<Path> found = Files.walk(folder);
                    TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
                for (Path file : found.filter(Files::isRegularFile).toList()) {
                    tar.putArchiveEntry(
                            new TarArchiveEntry(file, folder.relativize(file).toString()));
                    Files.copy(file, tar);
                    tar.closeArchiveEntry();
                }
            }
        });
    }

    /** A .zip of text files, by name. */
    static byte[] zip(Map<String, String> files) {
        return written(bytes -> {
            try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
                for (Map.Entry<String, String> file : new TreeMap<>(files).entrySet()) {
                    zip.putNextEntry(new ZipEntry(file.getKey()));
                    zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                    zip.closeEntry();
                }
            }
        });
    }

    /** The text files below a folder, by name, without hidden ones. */
    static Map<String, String> unpacked(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> found = Files.walk(folder.toRealPath())) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                String name = folder.toRealPath().relativize(file).toString();
                if (!name.startsWith(".")) {
                    files.put(name, Files.readString(file));
                }
            }
        }
        return files;
    }

    @FunctionalInterface
    private interface Writer {
        void write(OutputStream bytes) throws IOException;
    }

    private static byte[] written(Writer writer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            writer.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
