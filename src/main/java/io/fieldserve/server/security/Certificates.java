package io.fieldserve.server.security;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/** Roles of callers by the common name of their certificate, which TLS has found to be of an authority that is trusted. */
record Certificates(Map<String, Set<Role>> roles) {

    Certificates {
        roles = Map.copyOf(roles);
    }

    boolean isEmpty() {
        return roles.isEmpty();
    }

    /** Roles as the framework spells them; none for a name that isn't configured. */
    Set<String> rolesOf(X509Certificate certificate) {
        return roles.getOrDefault(commonName(certificate), Set.of()).stream()
                .map(Role::wireName)
                .collect(Collectors.toSet());
    }

    /** Who presented it. */
    SecurityIdentity holder(X509Certificate certificate) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(certificate.getSubjectX500Principal())
                .addRoles(rolesOf(certificate))
                .build();
    }

    private static String commonName(X509Certificate certificate) {
        try {
            return new LdapName(certificate.getSubjectX500Principal().getName())
                    .getRdns().stream()
                            .filter(part -> part.getType().equalsIgnoreCase("CN"))
                            .map(part -> part.getValue().toString())
                            // Parts come from the right: the last is the holder's own, others are folders.
                            .reduce((folder, own) -> own)
                            .orElse("");
        } catch (InvalidNameException e) {
            return "";
        }
    }
}
