import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;

/**
 * ONNX Runtime with nothing around it: sessions run again and again on inputs and outputs that stay where they are.
 *
 * <p>Reads one run a line, fields separated by tabs: graphs (joined by commas, run one after another), output name,
 * intra-op threads, callers (threads that share the sessions), batch, shape of one case (joined by commas, channel
 * first), file of one case (little-endian float32), seconds to leave out, seconds to measure, file for the latencies
 * (nanoseconds, little-endian int64), file for one output of the last graph. Answers one line: runs measured, all runs, 0 failures, seconds measured.
 */
public final class BareLoop {

    private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();
    private static final Map<String, List<OrtSession>> SESSIONS = new HashMap<>();

    private static final LongAdder RUNS = new LongAdder();

    private BareLoop() {}

    public static void main(String[] arguments) throws Exception {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            System.out.println(run(line.split("\t")));
            System.out.println("done");
        }
    }

    private static String run(String[] run) throws Exception {
        RUNS.reset();
        List<OrtSession> sessions = sessions(run[0], Integer.parseInt(run[2]));
        int callers = Integer.parseInt(run[3]);
        long start = System.nanoTime() + (long) (Double.parseDouble(run[7]) * 1e9);
        long end = start + (long) (Double.parseDouble(run[8]) * 1e9);
        List<Callable<long[]>> loops = new ArrayList<>();
        for (int caller = 0; caller < callers; caller++) {
            Path output = caller == 0 ? Path.of(run[10]) : null;
            loops.add(() -> loop(sessions, run[1], tensor(run), tensor(run), start, end, output));
        }
        List<long[]> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
            for (Future<long[]> future : threads.invokeAll(loops)) {
                all.add(future.get());
            }
        }
        long[] latencies = all.stream().flatMapToLong(Arrays::stream).toArray();
        writeLatencies(latencies, Path.of(run[9]));
        return latencies.length + " " + RUNS.sum() + " 0 " + (end - start) / 1e9;
    }

    private static List<OrtSession> sessions(String graphs, int threads) throws OrtException {
        List<OrtSession> sessions = SESSIONS.get(graphs + threads);
        if (sessions == null) {
            sessions = new ArrayList<>();
            for (String graph : graphs.split(",")) {
                try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
                    options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
                    options.setIntraOpNumThreads(threads);
                    sessions.add(ENVIRONMENT.createSession(graph, options));
                }
            }
            SESSIONS.put(graphs + threads, sessions);
        }
        return sessions;
    }

    /** A batch of copies of the case; the output has the same shape in every surrogate here. */
    private static OnnxTensor tensor(String[] run) throws IOException, OrtException {
        int batch = Integer.parseInt(run[4]);
        long[] shape = Arrays.stream((batch + "," + run[5]).split(",")).mapToLong(Long::parseLong).toArray();
        byte[] one = Files.readAllBytes(Path.of(run[6]));
        ByteBuffer bytes = ByteBuffer.allocateDirect(batch * one.length).order(ByteOrder.nativeOrder());
        for (int i = 0; i < batch; i++) {
            bytes.put(one);
        }
        return OnnxTensor.createTensor(ENVIRONMENT, bytes.flip().asFloatBuffer(), shape);
    }

    private static long[] loop(
            List<OrtSession> sessions, String name, OnnxTensor in, OnnxTensor out, long start, long end, Path output)
            throws OrtException, IOException {
        Map<String, OnnxTensor> inputs = Map.of(sessions.getFirst().getInputNames().iterator().next(), in);
        Map<String, OnnxTensor> outputs = Map.of(name, out);
        long[] latencies = new long[1 << 16];
        int runs = 0;
        long before = System.nanoTime();
        do {
            for (OrtSession session : sessions) {
                session.run(inputs, outputs).close();
            }
            RUNS.increment();
            long after = System.nanoTime();
            if (after >= start && after < end) {
                if (runs == latencies.length) {
                    latencies = Arrays.copyOf(latencies, 2 * runs);
                }
                latencies[runs++] = after - before;
            }
            before = after;
        } while (before < end);
        if (output != null) {
            writeOutput(out, output);
        }
        in.close();
        out.close();
        return Arrays.copyOf(latencies, runs);
    }

    private static void writeOutput(OnnxTensor tensor, Path file) throws IOException {
        FloatBuffer floats = tensor.getFloatBuffer();
        ByteBuffer bytes = ByteBuffer.allocate(4 * floats.remaining()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(floats);
        Files.write(file, bytes.array());
    }

    private static void writeLatencies(long[] latencies, Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(8 * latencies.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(latencies);
        Files.write(file, bytes.array());
    }
}
