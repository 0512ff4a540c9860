package io.fieldserve.http;

import io.fieldserve.repository.PlainFolder;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A service whose repository holds nothing but graphs: three that are served, each on grids of its own, and one that isn't. */
public final class PlainRepository implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        try {
            Path root = Files.createTempDirectory("plain");
            for (String graph : new String[] {"dynamic", "downsamples", "fixed"}) {
                PlainFolder.write(root, graph, "1", graph);
            }
            PlainFolder.write(root, "dynamic", "2", "integers");
            return Map.of("fieldserve.repository.path", root.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
