package io.fieldserve.load;

import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;

import java.time.Duration;
import java.util.List;

/** Everything for a long time, while the memory of the service is watched. */
public final class Soak extends OpenModel {

    private static final double SHARE = 0.5;

    private final MemoryCurve memory;

    public Soak() {
        List<Question> questions = List.of(
                Question.darcy(64),
                Question.darcyJson(64),
                Question.darcy(128),
                Question.burgers(256),
                Question.burgersJson(1024));
        Duration duration = Settings.duration(Duration.ofMinutes(30));
        double rate = SHARE * Saturation.of(questions);
        memory = new MemoryCurve(Settings.process(), Settings.results());
        run(
                duration,
                askAny("soak", questions)
                        .injectOpen(constantUsersPerSec(rate).during(duration).randomized()));
    }

    @Override
    public void before() {
        memory.start();
    }

    @Override
    public void after() {
        memory.end();
    }
}
