package io.fieldserve.wire;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Receives the body of a prediction while the request is passed on, and reads on when any request is answered before its
 * body has come to an end. Many clients look for an answer only once they have sent all, so the rest is read and forgotten,
 * up to the size that a body may have and for a bounded time; beyond that the connection is closed behind the answer.
 */
@ApplicationScoped
public class UnreadBodies {

    /** The paths whose resources read the body themselves, in every spelling that the framework takes for the same. */
    private static final Pattern STREAMED = Pattern.compile(
            ".*/(?:predict|infer|index|load|unload|Evaluate|ModelInfo|InputSizes|OutputSizes)(?:;[^/]*)?/*");

    /** Before every filter of the framework, so that whatever refuses a request is watched. */
    private static final int BEFORE_ALL = 1000;

    /** After those that find out who is calling: for a stranger nothing is received. */
    private static final int AFTER_SECURITY = 50;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final BodyLimit limit;
    private final Duration patience;

    @Inject
    UnreadBodies(BodyLimit limit) {
        this(limit, PATIENCE);
    }

    UnreadBodies(BodyLimit limit, Duration patience) {
        this.limit = limit;
        this.patience = patience;
    }

    void register(@Observes Filters filters) {
        filters.register(this::watch, BEFORE_ALL);
        filters.register(this::receive, AFTER_SECURITY);
    }

    void watch(RoutingContext context) {
        context.addBodyEndHandler(answered -> finish(context.request(), context));
        context.next();
    }

    void receive(RoutingContext context) {
        if (!readsWhileItArrives(context)) {
            context.next();
            return;
        }
        ArrivingBody body = ArrivingBody.announced(context);
        context.next();
        if (!context.response().ended()) {
            body.receive();
        }
    }

    /** Whether the resource reads the body by {@link RequestContent}; other bodies are the framework's. */
    private static boolean readsWhileItArrives(RoutingContext context) {
        return HttpMethod.POST.equals(context.request().method())
                && STREAMED.matcher(context.normalizedPath()).matches();
    }

    private void finish(HttpServerRequest request, RoutingContext context) {
        if (request.isEnded()) {
            return;
        }
        if (request.headers().contains("Expect") && request.bytesRead() == 0) {
            // The caller asked first: nothing is on its way.
            request.connection().close();
            return;
        }
        long timer = context.vertx()
                .setTimer(patience.toMillis(), late -> request.connection().close());
        request.endHandler(ended -> context.vertx().cancelTimer(timer));
        request.exceptionHandler(gone -> context.vertx().cancelTimer(timer));
        long bound = request.bytesRead() + limit.bytes();
        request.handler(chunk -> {
            if (request.bytesRead() > bound) {
                request.connection().close();
            }
        });
        request.resume();
        if (request.isEnded()) {
            // It had come to its end, which shows only now, as a request that is paused never says that it has ended.
            context.vertx().cancelTimer(timer);
        }
    }
}
