package io.fieldserve.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A folder that is filled under names which others chose: nothing gets outside of it, nothing is written twice, and both the
 * number of entries and their bytes have a bound.
 */
final class Tree {

    static final int MOST_ENTRIES = 10_000;
    private static final int MOST_LEVELS = 16;
    private static final int BUFFER = 1 << 16;

    private final Path root;
    private final long mostBytes;
    private long bytes;
    private int entries;

    Tree(Path root, long mostBytes) {
        this.root = root;
        this.mostBytes = mostBytes;
    }

    /** Makes a folder; it may be there. */
    void folder(String name) throws IOException {
        Files.createDirectories(resolve(name));
    }

    /** Writes a file and sees that it is on the disk. */
    void file(String name, InputStream content) throws IOException {
        Path file = place(name);
        try (FileChannel channel = create(file, name)) {
            OutputStream out = Channels.newOutputStream(channel);
            byte[] buffer = new byte[BUFFER];
            int length;
            while ((length = content.read(buffer)) >= 0) {
                count(length);
                out.write(buffer, 0, length);
            }
            channel.force(true);
        }
    }

    /** Sees that what was written of a file is on the disk. */
    static void flush(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Where a file of this name goes; its folder is there then. */
    Path place(String name) throws IOException {
        Path file = resolve(name);
        Files.createDirectories(file.getParent());
        return file;
    }

    /** Counts what was written, or is about to be. */
    void count(long more) throws IOException {
        bytes += more;
        if (bytes > mostBytes) {
            throw new IOException("it holds more than the %d bytes that are allowed".formatted(mostBytes));
        }
    }

    private static FileChannel create(Path file, String name) throws IOException {
        try {
            return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw new IOException("it holds '%s' twice".formatted(name), e);
        }
    }

    private Path resolve(String name) throws IOException {
        if (++entries > MOST_ENTRIES) {
            throw new IOException("it has more than %d entries".formatted(MOST_ENTRIES));
        }
        Path path = root;
        for (String step : name.split("/", -1)) {
            if (step.equals("..") || step.chars().anyMatch(Tree::isOdd)) {
                throw unsafe(name);
            }
            path = step.isEmpty() || step.equals(".") ? path : path.resolve(step);
        }
        if (name.startsWith("/") || path.getNameCount() - root.getNameCount() > MOST_LEVELS) {
            throw unsafe(name);
        }
        return path;
    }

    private static boolean isOdd(int character) {
        return character < ' ' || character == '\\' || character == 0x7f;
    }

    private static IOException unsafe(String name) {
        return new IOException("it holds '%s', which is no name below a folder".formatted(name));
    }
}
