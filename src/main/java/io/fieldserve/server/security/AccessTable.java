package io.fieldserve.server.security;

import grpc.health.v1.HealthGrpc;
import io.fieldserve.openinference.grpc.proto.GRPCInferenceServiceGrpc;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The role that each call takes; none for what everybody may see. What is not in here takes {@link Role#ADMIN}. Names in
 * paths have no semicolon, so a path with matrix parameters, which the web framework ignores, is not in here either.
 */
final class AccessTable {

    private static final String NAME = "[^/;]+";
    private static final String MODEL = "/v2/models/" + NAME + "(?:/versions/" + NAME + ")?";
    private static final String FILE = "/[\\w@./-]*";

    /** Probes, the page with its files, and the description of the API, which tells no more than this repository. */
    private static final Pattern OPEN = oneOf(
            "/",
            "/index\\.html",
            "/favicon\\.ico",
            "/(?:page|webjars|schema)" + FILE,
            "/q/health(?:/(?:live|ready|started|well))?",
            "/q/openapi(?:\\.json|\\.ya?ml)?",
            "/q/swagger-ui(?:" + FILE + ")?",
            "/v2/health/(?:live|ready)");

    private static final Pattern READ = oneOf(
            "/v1/surrogates(?:/" + NAME + "(?:/versions/" + NAME + "|/example)?)?",
            "/v2(?:/models(?:/stats)?)?",
            MODEL + "(?:/(?:ready|config|stats))?",
            "(?:/umbridge)?/Info",
            "/q/metrics");

    /** What is looked at too, though the protocol has it asked by POST. */
    private static final Pattern READ_BY_POST =
            oneOf("/v2/repository/index", "(?:/umbridge)?/(?:ModelInfo|InputSizes|OutputSizes)");

    private static final Pattern PREDICT = oneOf(
            "/v1/surrogates/" + NAME + "/predict",
            MODEL + "/infer",
            "(?:/umbridge)?/(?:Evaluate|Gradient|ApplyJacobian|ApplyHessian)");

    /** What reading is done with; whatever else is ever offered at an address that is read is not for readers. */
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private static final Pattern METRICS = oneOf("/q/metrics");

    private static final String INFERENCE = GRPCInferenceServiceGrpc.SERVICE_NAME + "/";

    private static final Map<String, Optional<Role>> GRPC = Stream.of(
                    methods(Optional.empty(), HealthGrpc.SERVICE_NAME + "/", "Check", "Watch"),
                    methods(Optional.empty(), INFERENCE, "ServerLive", "ServerReady"),
                    methods(Optional.of(Role.READ), INFERENCE, "ServerMetadata", "ModelReady", "ModelMetadata"),
                    methods(Optional.of(Role.READ), INFERENCE, "ModelConfig", "ModelStatistics", "RepositoryIndex"),
                    methods(Optional.of(Role.READ), "grpc.reflection.v1.ServerReflection/", "ServerReflectionInfo"),
                    methods(
                            Optional.of(Role.READ),
                            "grpc.reflection.v1alpha.ServerReflection/",
                            "ServerReflectionInfo"),
                    methods(Optional.of(Role.PREDICT), INFERENCE, "ModelInfer", "ModelStreamInfer"))
            .flatMap(methods -> methods.entrySet().stream())
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private final boolean metricsAreOpen;

    /** Makes the table, in which metrics are for everybody or take {@link Role#READ}. */
    AccessTable(boolean metricsAreOpen) {
        this.metricsAreOpen = metricsAreOpen;
    }

    /** Of a request over HTTP, gRPC on the port of HTTP among them. */
    Optional<Role> of(RoutingContext exchange) {
        return of(exchange.request().method(), exchange.normalizedPath());
    }

    private Optional<Role> of(HttpMethod method, String path) {
        if (OPEN.matcher(path).matches()
                || (metricsAreOpen && METRICS.matcher(path).matches())) {
            return Optional.empty();
        }
        if (PREDICT.matcher(path).matches()) {
            return Optional.of(Role.PREDICT);
        }
        boolean reads = READING.contains(method) && READ.matcher(path).matches();
        if (reads || READ_BY_POST.matcher(path).matches()) {
            return Optional.of(Role.READ);
        }
        return ofMethod(path.substring(Math.min(1, path.length())));
    }

    /** Of a call over gRPC, by its full method name. */
    Optional<Role> ofMethod(String method) {
        return GRPC.getOrDefault(method, Optional.of(Role.ADMIN));
    }

    /** Each with or without slashes behind it, as the web framework has it. */
    private static Pattern oneOf(String... paths) {
        return Pattern.compile("(?:" + String.join("|", paths) + ")/*");
    }

    private static Map<String, Optional<Role>> methods(Optional<Role> role, String service, String... names) {
        return Stream.of(names).collect(Collectors.toMap(service::concat, name -> role));
    }
}
