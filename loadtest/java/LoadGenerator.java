import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * Sends HTTP requests from one thread and notes how long each took.
 *
 * <p>Reads one run a line, fields separated by tabs: port, requests (files joined by commas, each a whole HTTP request,
 * sent in turn), connections, requests a second (0: as soon as a connection is free), seconds to leave out, seconds to
 * measure, seed, whether to spin (true or false), file for the latencies (nanoseconds, little-endian int64). Answers one
 * line: replies measured, all replies, failures, seconds measured, and some values of Server-Timing after a tab.
 *
 * <p>With a rate, requests fall due at random, independently of each other and of the replies (a Poisson process), and
 * latency counts from when a request was due: waiting for a free connection is part of it.
 */
public final class LoadGenerator {

    private static final int TIMINGS = 200;
    private static final long DRAIN_NANOS = 10_000_000_000L;

    private final InetSocketAddress address;
    private final List<byte[]> requests = new ArrayList<>();
    private final int connections;
    private final double rate;
    private final long leadIn;
    private final long measured;
    private final Random random;
    private final boolean spin;

    private final ArrayDeque<Long> due = new ArrayDeque<>();
    private final ArrayDeque<Connection> idle = new ArrayDeque<>();
    private final Set<String> timings = new TreeSet<>();
    private long[] latencies = new long[1 << 16];
    private int replies;
    private int answered;
    private int failures;
    private int sent;
    private int inFlight;
    private long start;
    private long nextDue;
    private long last;

    private LoadGenerator(String[] run) throws IOException {
        address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(run[0]));
        for (String file : run[1].split(",")) {
            requests.add(Files.readAllBytes(Path.of(file)));
        }
        connections = Integer.parseInt(run[2]);
        rate = Double.parseDouble(run[3]);
        leadIn = (long) (Double.parseDouble(run[4]) * 1e9);
        measured = (long) (Double.parseDouble(run[5]) * 1e9);
        random = new Random(Long.parseLong(run[6]));
        spin = Boolean.parseBoolean(run[7]);
    }

    public static void main(String[] arguments) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] run = line.split("\t");
            LoadGenerator generator = new LoadGenerator(run);
            System.out.println(generator.run());
            generator.writeLatencies(Path.of(run[8]));
            System.out.println("done");
        }
    }

    private String run() throws IOException {
        try (Selector selector = Selector.open()) {
            List<Connection> all = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                all.add(new Connection(selector, address));
            }
            idle.addAll(all);
            start = System.nanoTime();
            nextDue = start;
            last = start + leadIn;
            long end = start + leadIn + measured;
            try {
                for (long now = start; now < end || inFlight > 0 && now < end + DRAIN_NANOS; now = System.nanoTime()) {
                    sendWhatIsDue(now, end);
                    select(selector, now, end);
                }
            } finally {
                for (Connection connection : all) {
                    connection.close();
                }
            }
        }
        failures += inFlight + due.size();
        // Until the last reply: the end of the measured time may have cut none off.
        double seconds = Math.max(last - start - leadIn, 1) / 1e9;
        return replies + " " + answered + " " + failures + " " + seconds + "\t" + String.join(" | ", timings);
    }

    private void sendWhatIsDue(long now, long end) throws IOException {
        if (rate > 0) {
            while (nextDue <= now && nextDue < end) {
                due.add(nextDue);
                nextDue += (long) (-Math.log(1 - random.nextDouble()) / rate * 1e9);
            }
        }
        while (!idle.isEmpty() && now < end + DRAIN_NANOS && (rate > 0 ? !due.isEmpty() : now < end)) {
            Connection connection = idle.remove();
            inFlight++;
            connection.send(requests.get(sent++ % requests.size()), rate > 0 ? due.remove() : System.nanoTime());
        }
    }

    /** Waits for replies, but not past the moment at which the next request is due. */
    private void select(Selector selector, long now, long end) throws IOException {
        long wait = Math.min(rate > 0 && nextDue < end ? nextDue - now : Long.MAX_VALUE, 50_000_000);
        // A selector waits in whole milliseconds: the rest of the time is spent asking again, or the request is late.
        long millis = wait / 1_000_000;
        if (millis == 0 && (spin || wait <= 0)) {
            selector.selectNow();
        } else {
            selector.select(Math.max(1, millis));
        }
        for (var key : selector.selectedKeys()) {
            Connection connection = (Connection) key.attachment();
            if (connection.advance()) {
                finished(connection);
            }
        }
        selector.selectedKeys().clear();
    }

    private void finished(Connection connection) throws IOException {
        long now = System.nanoTime();
        inFlight--;
        answered++;
        idle.add(connection);
        // A request counts when it was due in the measured time; in a closed loop, when it was answered in it.
        boolean counts = rate > 0 ? connection.due >= start + leadIn : now >= start + leadIn && now < start + leadIn + measured;
        if (connection.status() != 200) {
            failures++;
        } else if (counts) {
            last = now;
            if (replies == latencies.length) {
                latencies = Arrays.copyOf(latencies, 2 * latencies.length);
            }
            latencies[replies++] = now - connection.due;
            if (timings.size() < TIMINGS) {
                connection.serverTiming().ifPresent(timings::add);
            }
        }
        connection.reset();
    }

    private void writeLatencies(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(8 * replies).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(latencies, 0, replies);
        Files.write(file, bytes.array());
    }
}
