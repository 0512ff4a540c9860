package io.fieldserve.wire;

import io.quarkus.security.credential.Credential;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.security.Permission;
import java.security.Principal;
import java.util.Map;
import java.util.Set;

/** Takes callers for who they say they are in a header of these tests, as an authentication would. */
@ApplicationScoped
public class NamedCaller {
    public static final String HEADER = "Test-Caller";

    // As the framework itself says who a caller is.
    @SuppressWarnings("deprecation")
    void authenticate(@Observes Filters filters) {
        filters.register(
                exchange -> {
                    String name = exchange.request().getHeader(HEADER);
                    if (name != null) {
                        exchange.setUser(new QuarkusHttpUser(new Identity(name)));
                    }
                    exchange.next();
                },
                200);
    }

    private record Identity(String name) implements SecurityIdentity {
        @Override
        public Principal getPrincipal() {
            return () -> name;
        }

        @Override
        public boolean isAnonymous() {
            return false;
        }

        @Override
        public Set<String> getRoles() {
            return Set.of();
        }

        @Override
        public boolean hasRole(String role) {
            return false;
        }

        @Override
        public <T extends Credential> T getCredential(Class<T> type) {
            return null;
        }

        @Override
        public Set<Credential> getCredentials() {
            return Set.of();
        }

        @Override
        @SuppressWarnings("TypeParameterUnusedInFormals")
        public <T> T getAttribute(String attribute) {
            return null;
        }

        @Override
        public Map<String, Object> getAttributes() {
            return Map.of();
        }

        @Override
        public Uni<Boolean> checkPermission(Permission permission) {
            return Uni.createFrom().item(false);
        }
    }
}
