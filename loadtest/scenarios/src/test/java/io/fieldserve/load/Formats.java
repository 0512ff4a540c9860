package io.fieldserve.load;

import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;

import java.time.Duration;
import java.util.List;

/** The same fields in JSON and in binary, side by side at the same rate: what JSON costs. */
public final class Formats extends OpenModel {

    private static final double SHARE = 0.5;

    public Formats() {
        List<Question> questions = List.of(
                Question.darcy(64), Question.darcyJson(64), Question.burgers(256), Question.burgersJson(256));
        Duration duration = Settings.duration(Duration.ofMinutes(1));
        double rate = SHARE * Saturation.of(questions);
        run(
                duration,
                askAny("formats", questions)
                        .injectOpen(constantUsersPerSec(rate).during(duration).randomized()));
    }
}
