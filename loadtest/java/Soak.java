import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Sends a number of requests over kept-alive connections, each as soon as its connection is free, while every so often a
 * client in place of one of them vanishes: by turns in the middle of its request and in the middle of its reply.
 *
 * <p>Arguments: port, requests to send, connections, share of clients that vanish, seed, file with the ordinary request,
 * files with the requests whose replies are large. Says every second, and once more at the end, in words parted by
 * spaces: requests begun, then {@code kind=count} for each kind of ending.
 */
public final class Soak {

    private static final long SECOND = 1_000_000_000L;
    private static final long SILENCE_MILLIS = 60_000;

    private final InetSocketAddress address;
    private final long wanted;
    private final double vanishing;
    private final Random random;
    private final byte[] ordinary;
    private final List<byte[]> large = new ArrayList<>();

    private final Map<String, Long> endings = new TreeMap<>();
    private final Queue<Connection> idle = new ArrayDeque<>();
    private final Queue<Connection> returned = new ConcurrentLinkedQueue<>();
    private final Queue<String> vanished = new ConcurrentLinkedQueue<>();
    private final int connections;
    private long begun;
    private long left;

    private Soak(String[] arguments) throws IOException {
        address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
        wanted = Long.parseLong(arguments[1]);
        connections = Integer.parseInt(arguments[2]);
        vanishing = Double.parseDouble(arguments[3]);
        random = new Random(Long.parseLong(arguments[4]));
        ordinary = Files.readAllBytes(Path.of(arguments[5]));
        for (int i = 6; i < arguments.length; i++) {
            large.add(Files.readAllBytes(Path.of(arguments[i])));
        }
    }

    public static void main(String[] arguments) throws IOException {
        new Soak(arguments).run();
    }

    private void run() throws IOException {
        try (Selector selector = Selector.open()) {
            List<Connection> all = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                all.add(new Connection(selector, address));
            }
            idle.addAll(all);
            long lastReply = System.nanoTime();
            long nextReport = lastReply + SECOND;
            while (begun < wanted || idle.size() < connections) {
                while (begun < wanted && !idle.isEmpty()) {
                    begin(idle.remove(), selector);
                }
                selector.select(100);
                boolean moved = finish(selector);
                long now = System.nanoTime();
                lastReply = moved ? now : lastReply;
                if (now - lastReply > SILENCE_MILLIS * 1_000_000) {
                    throw new IllegalStateException("no reply for " + SILENCE_MILLIS + " ms; " + endings);
                }
                if (now >= nextReport) {
                    report();
                    nextReport += SECOND;
                }
            }
            report();
            for (Connection connection : all) {
                connection.close();
            }
        }
    }

    private void begin(Connection connection, Selector selector) throws IOException {
        begun++;
        if (random.nextDouble() >= vanishing) {
            connection.send(ordinary, System.nanoTime());
            return;
        }
        Vanisher vanisher = vanisher();
        Thread.startVirtualThread(() -> {
            vanished.add(vanisher.run(address));
            returned.add(connection);
            selector.wakeup();
        });
    }

    private Vanisher vanisher() {
        boolean reset = random.nextBoolean();
        long turn = left++;
        if (turn % 2 == 0) {
            // A share of the bytes from all of the head to all but the last byte of the body.
            return new Vanisher.MidBody(ordinary, random.nextDouble(), random.nextInt(20), reset);
        }
        return new Vanisher.MidReply(large.get((int) (turn / 2 % large.size())), 1 + random.nextInt(2000), reset);
    }

    /** Notes what has ended; false if nothing has. */
    private boolean finish(Selector selector) throws IOException {
        long before = idle.size();
        for (var key : selector.selectedKeys()) {
            Connection connection = (Connection) key.attachment();
            if (connection.advance()) {
                count(ending(connection));
                connection.reset();
                idle.add(connection);
            }
        }
        selector.selectedKeys().clear();
        for (Connection connection = returned.poll(); connection != null; connection = returned.poll()) {
            count(vanished.remove());
            idle.add(connection);
        }
        return idle.size() > before;
    }

    private static String ending(Connection connection) {
        return switch (connection.status()) {
            case 0 -> "lost";
            case 429 -> connection.header("retry-after:").isPresent() ? "429" : "429-without-retry-after";
            default -> String.valueOf(connection.status());
        };
    }

    private void count(String ending) {
        endings.merge(ending, 1L, Long::sum);
    }

    private void report() {
        StringBuilder line = new StringBuilder().append(begun);
        endings.forEach((ending, count) -> line.append(' ').append(ending).append('=').append(count));
        System.out.println(line);
    }
}
