package io.fieldserve.wire;

import io.quarkus.arc.All;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.util.List;

/** Words a problem as the API does that was called. Listeners hear of each. */
@Singleton
final class ProblemReplies {

    private final List<ErrorForm> forms;
    private final List<ProblemListener> listeners;

    @Inject
    ProblemReplies(@All List<ErrorForm> forms, @All List<ProblemListener> listeners) {
        this.forms = forms;
        this.listeners = listeners;
    }

    /** The reply to a request for this path. */
    ResponseBuilder to(String path, Problem problem) {
        listeners.forEach(listener -> listener.replying(problem));
        return forms.stream()
                .filter(form -> form.covers(path))
                .findFirst()
                .map(form -> form.reply(problem))
                .orElseGet(problem::reply);
    }
}
