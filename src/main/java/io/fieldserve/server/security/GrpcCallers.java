package io.fieldserve.server.security;

import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.quarkus.oidc.OIDCException;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.TimeoutException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** Knows callers over gRPC by key, token or certificate, in this order. May wait for an issuer's keys. */
@Singleton
final class GrpcCallers {

    private final ApiKeys keys;
    private final Tokens tokens;
    private final Certificates certificates;

    @Inject
    GrpcCallers(ApiKeys keys, Tokens tokens, Certificates certificates) {
        this.keys = keys;
        this.tokens = tokens;
        this.certificates = certificates;
    }

    /**
     * Whoever calls; empty if no credential came.
     *
     * @throws io.fieldserve.prediction.FailureException one came that is not valid
     */
    Optional<SecurityIdentity> caller(Metadata headers, Attributes attributes) {
        Optional<String> key = Credentials.key(name -> text(headers, name));
        if (key.isPresent()) {
            return Optional.of(keys.holder(key.get()).orElseThrow(Strangers.NOT_KNOWN::asException));
        }
        Optional<String> bearer = Credentials.bearer(name -> text(headers, name));
        if (bearer.isPresent()) {
            return Optional.of(keys.holder(bearer.get()).orElseGet(() -> token(bearer.get())));
        }
        return certificate(attributes).map(certificates::holder);
    }

    private static String text(Metadata headers, String name) {
        return headers.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
    }

    private SecurityIdentity token(String token) {
        if (!tokens.accepted()) {
            throw Strangers.NOT_KNOWN.asException();
        }
        try {
            return tokens.holder(token);
        } catch (OIDCException | TimeoutException e) {
            throw Strangers.NOT_TO_BE_TOLD.asException();
        } catch (RuntimeException e) {
            throw Strangers.NOT_KNOWN.asException();
        }
    }

    private static Optional<X509Certificate> certificate(Attributes attributes) {
        SSLSession session = attributes.get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
        if (session == null) {
            return Optional.empty();
        }
        try {
            return Optional.of((X509Certificate) session.getPeerCertificates()[0]);
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }
}
