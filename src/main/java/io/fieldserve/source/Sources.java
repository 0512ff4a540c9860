package io.fieldserve.source;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;

/** All sources, side by side, under one folder that is theirs alone until they are closed. */
public final class Sources implements AutoCloseable {

    private final List<Feed> feeds = new ArrayList<>();
    private final ReentrantLock renewing = new ReentrantLock();
    private final Optional<FileChannel> owner;

    private Sources() {
        owner = Optional.empty();
    }

    /** No source, and no folder. */
    public static Sources none() {
        return new Sources();
    }

    /**
     * Fetches nothing yet.
     *
     * @param cache its folder, made if there is none
     * @param sources by name, which is also that of a folder, in order of precedence
     * @throws IOException the folder can't be used, or another process uses it
     */
    public Sources(Path cache, Map<String, Source> sources) throws IOException {
        owner = Optional.of(own(Files.createDirectories(cache)));
        for (Map.Entry<String, Source> source : sources.entrySet()) {
            SourceCache folder = new SourceCache(cache.resolve(source.getKey()));
            feeds.add(new Feed(source.getKey(), source.getValue(), folder));
        }
    }

    private static FileChannel own(Path folder) throws IOException {
        FileChannel lock =
                FileChannel.open(folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (lock.tryLock() != null) {
                return lock;
            }
        } catch (OverlappingFileLockException e) {
            // This process has it.
        }
        lock.close();
        throw new IOException("it is in use");
    }

    /** The folders that hold what was fetched, by name of the source. */
    public Map<String, Path> folders() {
        Map<String, Path> folders = new LinkedHashMap<>();
        feeds.forEach(feed -> folders.put(feed.name(), feed.folder()));
        return folders;
    }

    public List<SourceState> states() {
        return feeds.stream().map(Feed::state).toList();
    }

    /**
     * Fetches what is new and returns when all is there that can be had.
     *
     * @param insistent whether sources that have just failed are asked too, rather than after a pause
     */
    public void renew(boolean insistent) {
        renewing.lock();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            feeds.forEach(feed -> threads.execute(() -> feed.renew(insistent)));
        } finally {
            renewing.unlock();
        }
    }

    /** Lets others have the folder. */
    @Override
    public void close() throws IOException {
        if (owner.isPresent()) {
            owner.get().close();
        }
    }
}
