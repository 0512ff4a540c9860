package io.fieldserve.load;

import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;

import java.time.Duration;
import java.util.List;

/** A steady stream of one kind of request at a share of what saturates the service. */
abstract class Latency extends OpenModel {

    Latency(double share) {
        List<Question> question = List.of(Question.darcy(64));
        Duration duration = Settings.duration(Duration.ofMinutes(1));
        double rate = share * Saturation.of(question);
        run(
                duration,
                askAny("latency", question)
                        .injectOpen(constantUsersPerSec(rate).during(duration).randomized()));
    }
}
