package io.fieldserve.load;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;

import java.time.Duration;
import java.util.List;

/** Two seconds' worth of work at once, in the middle of a quiet stream. */
public final class Burst extends OpenModel {

    private static final double QUIET = 0.3;
    private static final double SECONDS_OF_WORK = 2;

    public Burst() {
        List<Question> question = List.of(Question.darcy(64));
        Duration half = Settings.duration(Duration.ofMinutes(1)).dividedBy(2);
        double rate = Saturation.of(question);
        run(
                half.multipliedBy(2),
                askAny("burst", question)
                        .injectOpen(
                                constantUsersPerSec(QUIET * rate).during(half).randomized(),
                                atOnceUsers((int) Math.ceil(SECONDS_OF_WORK * rate)),
                                constantUsersPerSec(QUIET * rate).during(half).randomized()));
    }
}
