package io.fieldserve.source;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** The kinds of archive that are unpacked. Only folders and files may be in them: no links, no devices. */
enum Archive {
    TAR_GZ(".*\\.(tar\\.gz|tgz)") {
        @Override
        void unpack(Path file, Tree tree) throws IOException {
            try (InputStream bytes = open(file)) {
                untar(new GZIPInputStream(bytes), tree);
            }
        }
    },
    TAR(".*\\.tar") {
        @Override
        void unpack(Path file, Tree tree) throws IOException {
            try (InputStream bytes = open(file)) {
                untar(bytes, tree);
            }
        }
    },
    ZIP(".*\\.zip") {
        @Override
        void unpack(Path file, Tree tree) throws IOException {
            try (ZipFile zip = ZipFile.builder().setPath(file).get()) {
                Enumeration<ZipArchiveEntry> entries = zip.getEntries();
                while (entries.hasMoreElements()) {
                    ZipArchiveEntry entry = entries.nextElement();
                    requireOrdinary(entry.getName(), !entry.isUnixSymlink());
                    if (entry.isDirectory()) {
                        tree.folder(entry.getName());
                    } else {
                        try (InputStream content = zip.getInputStream(entry)) {
                            tree.file(entry.getName(), content);
                        }
                    }
                }
            }
        }
    };

    private final String names;

    Archive(String names) {
        this.names = names;
    }

    /** The kind that a file of this name is. */
    static Optional<Archive> of(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return Arrays.stream(values()).filter(kind -> lower.matches(kind.names)).findFirst();
    }

    /**
     * Unpacks a file of this kind.
     *
     * @throws IOException it is damaged, or holds what must not be; some of it may be unpacked then
     */
    abstract void unpack(Path file, Tree tree) throws IOException;

    private static InputStream open(Path file) throws IOException {
        return new BufferedInputStream(Files.newInputStream(file));
    }

    private static void untar(InputStream bytes, Tree tree) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(bytes)) {
            TarArchiveEntry entry;
            while ((entry = tar.getNextEntry()) != null) {
                requireOrdinary(
                        entry.getName(), entry.isDirectory() || (entry.isFile() && isData(entry) && !entry.isSparse()));
                if (entry.isDirectory()) {
                    tree.folder(entry.getName());
                } else {
                    tree.file(entry.getName(), tar);
                }
            }
        }
    }

    /** Whether nothing else is said of an entry than that it has bytes. */
    private static boolean isData(TarArchiveEntry entry) {
        return !entry.isLink()
                && !entry.isSymbolicLink()
                && !entry.isBlockDevice()
                && !entry.isCharacterDevice()
                && !entry.isFIFO();
    }

    private static void requireOrdinary(String name, boolean ordinary) throws IOException {
        if (!ordinary) {
            throw new IOException("it holds '%s', which is neither a file nor a folder".formatted(name));
        }
    }
}
