package io.fieldserve.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldserve.packaged.ServiceProcess;
import io.fieldserve.prediction.Scope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** A repository of its own, a service that serves it and a load on that; all of it ends with the test. */
abstract class FaultScenario {

    @TempDir
    Path folder;

    Path root;
    private final Scope owned = new Scope();
    private String name;

    @BeforeEach
    void makeRepository(TestInfo test) throws IOException {
        name = getClass().getSimpleName() + "." + test.getDisplayName();
        root = Files.createDirectory(folder.resolve("repository"));
    }

    @AfterEach
    void end() {
        owned.close();
    }

    /** The service of {@link #root}, yet to be started. */
    ServiceProcess service() {
        ServiceProcess service = ServiceProcess.of(root, folder.resolve("log"));
        owned.own(service::close);
        return service;
    }

    SteadyLoad load(ServiceProcess service, int perSecond, List<? extends Question> questions) {
        SteadyLoad load = SteadyLoad.on(service, perSecond, questions);
        owned.own(load::close);
        return load;
    }

    /** Has it closed when the test ends, whatever came of it. */
    void own(Scope.Closeable resource) {
        owned.own(resource);
    }

    /** The load ends without a fault, and the service with nothing held. */
    void endWell(SteadyLoad load, ServiceProcess service) {
        Outcomes outcomes = load.stop();
        assertThat(outcomes.of(Outcomes.RIGHT)).isPositive();
        service.stop();
        say(outcomes.toString());
    }

    /** Says what the scenario has seen, for whoever reads the build's output. */
    void say(String what) {
        System.out.println("[" + name + "] " + what);
    }

    /** As many as that, or more where a longer run is asked for. */
    static int scaled(int count) {
        return (int) Math.ceil(count * Double.parseDouble(System.getProperty("fieldserve.faults.scale", "1")));
    }

    static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
