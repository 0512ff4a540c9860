package io.fieldserve.load;

import static io.gatling.javaapi.core.CoreDsl.rampUsersPerSec;

import java.time.Duration;
import java.util.List;

/** More and more requests, to beyond what the service can do: the most answers a second is its throughput. */
public final class SaturationRamp extends OpenModel {

    private static final double FROM = 0.2;
    private static final double TO = 1.3;

    public SaturationRamp() {
        List<Question> question = List.of(Question.darcy(64));
        Duration duration = Settings.duration(Duration.ofMinutes(2));
        double rate = Saturation.of(question);
        run(
                duration,
                askAny("ramp", question)
                        .injectOpen(rampUsersPerSec(FROM * rate)
                                .to(TO * rate)
                                .during(duration)
                                .randomized()));
    }
}
