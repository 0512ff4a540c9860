package io.fieldserve.load;

import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;

import java.time.Duration;
import java.util.List;

/** Both surrogates on small and large grids together, in binary: how much do small requests wait for large ones? */
public final class MixedSizes extends OpenModel {

    private static final double SHARE = 0.5;

    public MixedSizes() {
        List<Question> questions = List.of(
                Question.darcy(64),
                Question.darcy(128),
                Question.darcy(256),
                Question.burgers(256),
                Question.burgers(1024));
        Duration duration = Settings.duration(Duration.ofMinutes(1));
        double rate = SHARE * Saturation.of(questions);
        run(
                duration,
                askAny("mixed sizes", questions)
                        .injectOpen(constantUsersPerSec(rate).during(duration).randomized()));
    }
}
