package io.fieldserve.server.security;

import io.fieldserve.server.FieldserveConfig;
import io.quarkus.oidc.Oidc;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.TenantIdentityProvider;
import io.quarkus.oidc.runtime.OidcUtils;
import io.quarkus.vertx.http.security.HttpSecurity;
import io.quarkus.vertx.http.security.MTLS;
import io.vertx.core.http.ClientAuth;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes what decides who may call, and looks at what is about to be bound before anything is. */
final class SecurityWiring {

    @Produces
    @Singleton
    ApiKeys keys(FieldserveConfig config) {
        return ApiKeys.of(config.security().keys());
    }

    @Produces
    @Singleton
    Certificates certificates(FieldserveConfig config) {
        return new Certificates(config.security().certificates());
    }

    @Produces
    @Singleton
    Tokens tokens(
            @ConfigProperty(name = "quarkus.oidc.auth-server-url") Optional<String> issuer,
            @ConfigProperty(name = "quarkus.oidc.public-key") Optional<String> publicKey,
            @ConfigProperty(name = "quarkus.oidc.tenant-enabled", defaultValue = "true") boolean enabled,
            Instance<TenantIdentityProvider> provider) {
        return new Tokens(enabled && (issuer.isPresent() || publicKey.isPresent()), provider::get);
    }

    /** Without an issuer the framework would refuse to start. */
    void withoutIssuer(@Observes Oidc oidc, Tokens tokens) {
        if (!tokens.accepted()) {
            oidc.create(OidcTenantConfig.builder()
                    .tenantId(OidcUtils.DEFAULT_TENANT_ID)
                    .tenantEnabled(false)
                    .build());
        }
    }

    @Produces
    @Singleton
    AccessTable table(FieldserveConfig config) {
        return new AccessTable(config.security().openMetrics());
    }

    @Produces
    @Singleton
    Authentication authentication(ApiKeys keys, Certificates certificates, Tokens tokens) {
        return new Authentication(!keys.isEmpty() || !certificates.isEmpty() || tokens.accepted());
    }

    @Produces
    @Singleton
    Exposure exposure(
            @ConfigProperty(name = "quarkus.http.host") String http,
            @ConfigProperty(name = "quarkus.http.host-enabled", defaultValue = "true") boolean httpIsBound,
            @ConfigProperty(name = "quarkus.grpc.server.host") String grpc,
            @ConfigProperty(name = "quarkus.grpc.server.use-separate-server", defaultValue = "true")
                    boolean grpcIsBound) {
        Map<String, String> hosts = new LinkedHashMap<>();
        if (httpIsBound) {
            hosts.put("quarkus.http.host", http);
        }
        if (grpcIsBound) {
            hosts.put("quarkus.grpc.server.host", grpc);
        }
        return new Exposure(hosts);
    }

    /** The framework asks for this before it makes its router. */
    void secure(
            @Observes HttpSecurity security,
            FieldserveConfig config,
            Authentication authentication,
            Exposure exposure,
            Certificates certificates) {
        authentication.check(exposure, config.security().open());
        if (!certificates.isEmpty()) {
            security.mTLS(MTLS.builder()
                    .authentication(ClientAuth.REQUEST)
                    .certificateToRolesMapper(certificates::rolesOf)
                    .build());
        }
    }
}
