package io.fieldserve.wire;

import java.util.ArrayList;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.handlers.ClassRoutingHandler;
import org.jboss.resteasy.reactive.server.handlers.RestInitialHandler.InitialMatch;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper.RequestMatch;
import org.jboss.resteasy.reactive.server.mapping.RuntimeResource;
import org.jboss.resteasy.reactive.server.spi.ServerRestHandler;

/** The methods that an address takes (RFC 9110, section 10.2.1), which the framework doesn't tell with its refusal. */
final class AllowedMethods {

    private AllowedMethods() {}

    /** Of the address of a request, as the header has them. */
    static String of(ResteasyReactiveRequestContext request) {
        RequestMapper<InitialMatch> classes =
                new RequestMapper<>(new ArrayList<>(request.getDeployment().getClassMappers()));
        SortedSet<String> methods = new TreeSet<>();
        String path = request.getPathWithoutPrefix();
        for (RequestMatch<InitialMatch> match = classes.map(path);
                match != null;
                match = classes.continueMatching(path, match)) {
            for (ServerRestHandler handler : match.value.handlers) {
                if (handler instanceof ClassRoutingHandler resources) {
                    collect(resources.getMappers(), match.remaining, methods);
                }
            }
        }
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        methods.add("OPTIONS");
        return String.join(", ", methods);
    }

    private static void collect(
            Map<String, RequestMapper<RuntimeResource>> resources, String path, SortedSet<String> methods) {
        resources.forEach((method, paths) -> {
            if (method != null && paths.map(path.isEmpty() ? "/" : path) != null) {
                methods.add(method);
            }
        });
    }
}
