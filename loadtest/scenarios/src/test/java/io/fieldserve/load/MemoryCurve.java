package io.fieldserve.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Resident memory of a process, second by second: {@code memory.csv}, and {@code memory.svg} to look at. */
final class MemoryCurve {

    private static final int WIDTH = 800;
    private static final int HEIGHT = 300;

    private record Sample(double seconds, double mebibytes) {}

    private final OptionalLong process;
    private final Path folder;
    private final List<Sample> samples = new ArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread sampler = Thread.ofPlatform().daemon().unstarted(this::sample);

    /** Of nothing, if there is no process. */
    MemoryCurve(OptionalLong process, Path folder) {
        this.process = process;
        this.folder = folder;
    }

    void start() {
        if (process.isPresent()) {
            sampler.start();
        }
    }

    /** Writes what was seen. */
    void end() {
        if (process.isEmpty()) {
            return;
        }
        try {
            ended.countDown();
            sampler.join();
            write();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sample() {
        long start = System.nanoTime();
        try {
            do {
                samples.add(new Sample((System.nanoTime() - start) / 1e9, resident(process.getAsLong())));
            } while (!ended.await(1, TimeUnit.SECONDS));
        } catch (IOException e) {
            System.err.println("The process can no longer be seen: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static double resident(long process) throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(process), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum()
                / 1024.0;
    }

    private void write() throws IOException {
        Files.createDirectories(folder);
        List<String> rows = new ArrayList<>(List.of("seconds,resident_mib"));
        samples.forEach(sample -> rows.add(String.format(Locale.ROOT, "%.1f,%.1f", sample.seconds, sample.mebibytes)));
        Files.write(folder.resolve("memory.csv"), rows);
        Files.writeString(folder.resolve("memory.svg"), drawing());
        System.out.println("Memory: " + folder.resolve("memory.csv") + " and memory.svg");
    }

    private String drawing() {
        double most = samples.stream().mapToDouble(Sample::mebibytes).max().orElse(1);
        double last = Math.max(1, samples.getLast().seconds);
        String points = samples.stream()
                .map(sample -> String.format(
                        Locale.ROOT,
                        "%.1f,%.1f",
                        WIDTH * sample.seconds / last,
                        HEIGHT * (1 - sample.mebibytes / most)))
                .collect(Collectors.joining(" "));
        return String.format(
                Locale.ROOT,
                """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="-20 -40 %d %d" font-family="sans-serif" font-size="12">
                  <text y="-12">resident memory, 0 to %.0f MiB, over %.0f s</text>
                  <rect width="%d" height="%d" fill="none" stroke="#9b9a97"/>
                  <polyline points="%s" fill="none" stroke="#0b6e99" stroke-width="1.5"/>
                </svg>
                """,
                WIDTH + 40,
                HEIGHT + 60,
                most,
                last,
                WIDTH,
                HEIGHT,
                points);
    }
}
