import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.fieldserve.openinference.grpc.proto.GRPCInferenceServiceGrpc;
import io.fieldserve.openinference.grpc.proto.GRPCInferenceServiceGrpc.GRPCInferenceServiceStub;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelInferRequest;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelInferRequest.InferInputTensor;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelInferRequest.InferRequestedOutputTensor;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelInferResponse;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Calls ModelInfer of the Open Inference Protocol without pause, several calls at a time on one connection, and notes how
 * long each took.
 *
 * <p>Reads one run a line, fields separated by tabs: port, model, input, shape ({@code 64,64}), output, cases (files of raw
 * float32 joined by commas, sent in turn), calls at a time, seconds to leave out, seconds to measure, file for the output
 * of the last answer (raw float32), file for the latencies (nanoseconds, little-endian int64). Answers one line: replies
 * measured, all replies, failures, seconds measured, and an empty field after a tab.
 */
public final class GrpcLoad {

    private final List<ModelInferRequest> requests = new ArrayList<>();
    private final GRPCInferenceServiceStub service;
    private final int calls;
    private final long start = System.nanoTime();
    private final long measureFrom;
    private final long end;
    private final CountDownLatch ended;

    private final AtomicInteger sent = new AtomicInteger();

    // All calls end on the one thread of the channel.
    private long[] latencies = new long[1 << 16];
    private int replies;
    private int answered;
    private int failures;
    private long last;
    private ByteString output = ByteString.EMPTY;

    private GrpcLoad(ManagedChannel channel, String[] run) throws IOException {
        service = GRPCInferenceServiceGrpc.newStub(channel);
        InferInputTensor.Builder input = InferInputTensor.newBuilder().setName(run[2]).setDatatype("FP32");
        for (String dim : run[3].split(",")) {
            input.addShape(Long.parseLong(dim));
        }
        for (String file : run[5].split(",")) {
            requests.add(ModelInferRequest.newBuilder()
                    .setModelName(run[1])
                    .addInputs(input)
                    .addOutputs(InferRequestedOutputTensor.newBuilder().setName(run[4]))
                    .addRawInputContents(UnsafeByteOperations.unsafeWrap(Files.readAllBytes(Path.of(file))))
                    .build());
        }
        calls = Integer.parseInt(run[6]);
        ended = new CountDownLatch(calls);
        measureFrom = start + (long) (Double.parseDouble(run[7]) * 1e9);
        end = measureFrom + (long) (Double.parseDouble(run[8]) * 1e9);
        last = measureFrom;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] run = line.split("\t");
            ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", Integer.parseInt(run[0]))
                    .usePlaintext()
                    .directExecutor()
                    .maxInboundMessageSize(1 << 28)
                    .build();
            GrpcLoad load = new GrpcLoad(channel, run);
            System.out.println(load.run());
            channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
            Files.write(Path.of(run[9]), load.output.toByteArray());
            load.writeLatencies(Path.of(run[10]));
            System.out.println("done");
        }
    }

    private String run() throws InterruptedException {
        for (int i = 0; i < calls; i++) {
            call();
        }
        boolean all = ended.await(end - start + 60_000_000_000L, TimeUnit.NANOSECONDS);
        if (!all) {
            failures += calls;
        }
        double seconds = Math.max(last - measureFrom, 1) / 1e9;
        return replies + " " + answered + " " + failures + " " + seconds + "\t";
    }

    private void call() {
        long due = System.nanoTime();
        service.modelInfer(requests.get(sent.getAndIncrement() % requests.size()), new StreamObserver<>() {
            @Override
            public void onNext(ModelInferResponse response) {
                output = response.getRawOutputContents(0);
            }

            @Override
            public void onError(Throwable failure) {
                failures++;
                next();
            }

            @Override
            public void onCompleted() {
                note(due);
                next();
            }
        });
    }

    private void note(long due) {
        long now = System.nanoTime();
        answered++;
        if (now >= measureFrom && now < end) {
            last = now;
            if (replies == latencies.length) {
                latencies = Arrays.copyOf(latencies, 2 * latencies.length);
            }
            latencies[replies++] = now - due;
        }
    }

    private void next() {
        if (System.nanoTime() < end) {
            call();
        } else {
            ended.countDown();
        }
    }

    private void writeLatencies(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(8 * replies).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(latencies, 0, replies);
        Files.write(file, bytes.array());
    }
}
