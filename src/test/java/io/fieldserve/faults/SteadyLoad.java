package io.fieldserve.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldserve.packaged.ServiceProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * Asks questions at a fixed rate, whether or not those before are answered, and holds every answer to what is known. A
 * request that is answered wrongly, refused in a way that was not allowed, or not answered at all is a fault.
 */
final class SteadyLoad implements AutoCloseable {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final ServiceProcess service;
    private final List<? extends Question> questions;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
    private final Outcomes outcomes = new Outcomes();
    private final ScheduledFuture<?> ticks;
    private volatile Set<String> allowed = Set.of();

    private SteadyLoad(ServiceProcess service, int perSecond, List<? extends Question> questions) {
        this.service = service;
        this.questions = questions;
        this.ticks = pace.scheduleAtFixedRate(this::next, 0, 1_000_000_000 / perSecond, TimeUnit.NANOSECONDS);
    }

    /** Begins to ask, one question after the other, and over again. */
    static SteadyLoad on(ServiceProcess service, int perSecond, List<? extends Question> questions) {
        return new SteadyLoad(service, perSecond, questions);
    }

    /** Outcomes other than the right answer that are no faults from now on, such as {@code 429 overloaded}. */
    void allow(String... others) {
        allowed = Set.of(others);
    }

    /** Returns when this many more requests than now were answered right: the service is there. */
    void awaitRight(int more) {
        long goal = outcomes.of(Outcomes.RIGHT) + more;
        Awaitility.await().atMost(3, TimeUnit.MINUTES).until(() -> outcomes.of(Outcomes.RIGHT) >= goal);
    }

    Outcomes outcomes() {
        return outcomes;
    }

    private void next() {
        Question question = questions.get((int) (outcomes.requests() % questions.size()));
        outcomes.sent();
        callers.execute(() -> ask(question));
    }

    private void ask(Question question) {
        try {
            judge(question, client.send(question.ask(service).build(), BodyHandlers.ofByteArray()));
        } catch (HttpTimeoutException e) {
            outcomes.fault("no answer: " + question);
        } catch (IOException e) {
            record(Outcomes.NO_CONNECTION, e.toString());
        } catch (InterruptedException e) {
            outcomes.fault("interrupted: " + question);
        } catch (RuntimeException | AssertionError e) {
            outcomes.fault(e.toString());
        }
    }

    private void judge(Question question, HttpResponse<byte[]> reply) throws IOException {
        if (reply.statusCode() == 200) {
            question.check(reply);
            outcomes.count(Outcomes.RIGHT);
        } else {
            record(refusal(reply), new String(reply.body(), StandardCharsets.UTF_8));
        }
    }

    /** Status and the last part of the problem's type. */
    static String refusal(HttpResponse<byte[]> reply) throws IOException {
        String type = MAPPER.readTree(reply.body()).path("type").asText("without a type");
        return reply.statusCode() + " " + type.substring(type.lastIndexOf(':') + 1);
    }

    private void record(String outcome, String details) {
        if (allowed.contains(outcome)) {
            outcomes.count(outcome);
        } else {
            outcomes.fault(outcome + ": " + details);
        }
    }

    /** Ends when every request has: each in one way, and none as a fault. */
    Outcomes stop() {
        ticks.cancel(false);
        pace.close();
        callers.close();
        assertThat(outcomes.faults()).as(outcomes::toString).isEmpty();
        assertThat(outcomes.ended()).isEqualTo(outcomes.requests());
        return outcomes;
    }

    @Override
    public void close() {
        pace.shutdownNow();
        callers.shutdownNow();
        client.shutdownNow();
    }
}
