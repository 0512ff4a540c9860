package io.fieldserve.wire;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldserve.surrogate.ManifestJson;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;

/** Gives the JSON of the API the conventions of the manifest. */
@Singleton
public final class JsonConventions implements ObjectMapperCustomizer {

    @Override
    public void customize(ObjectMapper mapper) {
        ManifestJson.configure(mapper);
    }
}
