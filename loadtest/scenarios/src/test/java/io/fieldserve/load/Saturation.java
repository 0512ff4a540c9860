package io.fieldserve.load;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

/** How many answers a second the service gives when there is always somebody who waits. */
final class Saturation {

    private static final int CLIENTS = 16;
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Duration MEASURED = Duration.ofSeconds(10);

    private Saturation() {}

    /** Measured with all {@code questions} in turn, unless the settings tell it. */
    static double of(List<Question> questions) {
        double rate = Settings.saturation().orElseGet(() -> measure(questions));
        System.out.printf("Saturation: %.1f requests a second%n", rate);
        return rate;
    }

    private static double measure(List<Question> questions) {
        LongAdder answers = new LongAdder();
        long start = System.nanoTime() + WARM_UP.toNanos();
        long end = start + MEASURED.toNanos();
        try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
                var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int first = 0; first < CLIENTS; first++) {
                int turn = first;
                clients.submit(() -> ask(client, questions, turn, start, end, answers));
            }
        }
        if (answers.sum() == 0) {
            throw new IllegalStateException("Nothing at " + Settings.service() + " answers with 200");
        }
        return answers.sum() / (MEASURED.toNanos() / 1e9);
    }

    private static Void ask(
            HttpClient client, List<Question> questions, int first, long start, long end, LongAdder answers)
            throws IOException, InterruptedException {
        for (int turn = first; System.nanoTime() < end; turn++) {
            Question question = questions.get(turn % questions.size());
            HttpRequest request = HttpRequest.newBuilder(Settings.service().resolve(question.path()))
                    .header("Content-Type", question.type())
                    .header("Accept", question.type())
                    .POST(BodyPublishers.ofByteArray(question.body()))
                    .build();
            int status = client.send(request, BodyHandlers.discarding()).statusCode();
            long now = System.nanoTime();
            if (status == 200 && now >= start && now < end) {
                answers.increment();
            }
        }
        return null;
    }
}
