package io.fieldserve.load;

import static io.gatling.javaapi.core.CoreDsl.ByteArrayBody;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.core.CoreDsl.uniformRandomSwitch;
import static io.gatling.javaapi.http.HttpDsl.header;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Simulation;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import java.time.Duration;
import java.util.List;

/**
 * A simulation whose requests arrive at rates of their own. It ends by itself, and passes when every answer is 200 or a
 * 429 that says when to come again.
 */
abstract class OpenModel extends Simulation {

    /** For what has arrived by the end. */
    private static final Duration GRACE = Duration.ofMinutes(2);

    private static final int OK = 200;
    private static final int TOO_MANY = 429;

    /** One request of any of these, each as likely. */
    static ScenarioBuilder askAny(String name, List<Question> questions) {
        List<ChainBuilder> asked = questions.stream().map(OpenModel::ask).toList();
        // Gatling knows no choice of one.
        return scenario(name)
                .exec(asked.size() == 1 ? asked.getFirst() : uniformRandomSwitch().on(asked));
    }

    private static ChainBuilder ask(Question question) {
        return exec(http(question.name())
                .post(question.path())
                .header("Content-Type", question.type())
                .header("Accept", question.type())
                .body(ByteArrayBody(question.body()))
                .check(status().in(OK, TOO_MANY))
                .checkIf((response, session) -> response.status().code() == TOO_MANY)
                .then(header("Retry-After").exists()));
    }

    final void run(Duration duration, PopulationBuilder... populations) {
        setUp(populations)
                .protocols(protocol())
                .maxDuration(duration.plus(GRACE))
                .assertions(global().failedRequests().count().is(0L));
    }

    /** Connections are kept and shared, as those of a pipeline are. Nothing but the service is spoken to. */
    private static HttpProtocolBuilder protocol() {
        return http.baseUrl(Settings.service().toString())
                .shareConnections()
                .disableWarmUp()
                .disableFollowRedirect()
                .disableCaching();
    }
}
