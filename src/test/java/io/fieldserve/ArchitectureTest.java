package io.fieldserve;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Holds the map of packages: which may import which, and which libraries stay inside which. */
class ArchitectureTest {
    private static final JavaClasses PRODUCTION =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("io.fieldserve");

    /** All packages, lowest first. */
    private static final List<String> MAP = List.of(
            "tensor",
            "batching",
            "source",
            "surrogate",
            "uncertainty",
            "onnx",
            "repository",
            "prediction",
            "codec",
            "clients",
            "wire",
            "http",
            "openinference",
            "umbridge",
            "server");

    private static final String[] APIS = {"wire", "http", "openinference", "umbridge", "server"};

    @Test
    void thereIsSomethingToCheck() {
        assertThat(PRODUCTION).isNotEmpty();
    }

    @Test
    void everyClassLivesInAPackageOfTheMap() {
        check(classes().should().resideInAnyPackage(ours(MAP)));
    }

    @Test
    void packagesAreNamedForAConcept() {
        check(noClasses()
                .should()
                .resideInAnyPackage("..util..", "..common..", "..impl..", "..dto..", "..service..", "..manager.."));
    }

    @Test
    void packagesHaveNoCycles() {
        check(slices().matching("io.fieldserve.(*)..").should().beFreeOfCycles());
    }

    @Test
    void tensorImportsTheJdkAlone() {
        importsTheJdkAlone("tensor");
    }

    @Test
    void batchingImportsTheJdkAlone() {
        importsTheJdkAlone("batching");
    }

    @Test
    void sourceImportsNoneOfOurs() {
        importsOfOurs("source");
    }

    @Test
    void surrogateImportsTensor() {
        importsOfOurs("surrogate", "tensor");
    }

    @Test
    void uncertaintyImportsTensorAndSurrogate() {
        importsOfOurs("uncertainty", "tensor", "surrogate");
    }

    @Test
    void onnxImportsTensorAndSurrogate() {
        importsOfOurs("onnx", "tensor", "surrogate");
    }

    @Test
    void repositoryImportsSurrogateAndOnnx() {
        importsOfOurs("repository", "tensor", "surrogate", "onnx");
    }

    @Test
    void predictionReachesOnnxOnlyThroughAnInterface() {
        importsOfOurs("prediction", "tensor", "batching", "surrogate", "uncertainty", "repository");
    }

    @Test
    void codecImportsTensorSurrogateAndPrediction() {
        importsOfOurs("codec", "tensor", "batching", "surrogate", "prediction");
    }

    @Test
    void clientsImportBatchingAndPrediction() {
        importsOfOurs("clients", "tensor", "batching", "prediction");
    }

    @Test
    void rateLimitingStaysWithClients() {
        confined(List.of("clients"), "io.github.bucket4j..", "com.github.benmanes.caffeine..");
    }

    @Test
    void httpImportsWhatIsBelow() {
        importsOfOurs("http", below("http"));
    }

    @Test
    void openInferenceImportsWhatIsBelowButNotHttp() {
        importsOfOurs("openinference", below("http"));
    }

    @Test
    void umBridgeImportsWhatIsBelowTheApis() {
        importsOfOurs("umbridge", below("http"));
    }

    @Test
    void wireImportsWhatIsBelow() {
        importsOfOurs("wire", below("wire"));
    }

    @Test
    void nobodyImportsServer() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(ours("server"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ours("server")));
    }

    @Test
    void onnxRuntimeStaysInOnnx() {
        confined(List.of("onnx"), "ai.onnxruntime..");
    }

    @Test
    void protobufStaysWhereGraphsAndMessagesAreRead() {
        confined(List.of("onnx.graph", "openinference"), "com.google.protobuf..", "io.fieldserve.onnx.graph.proto..");
    }

    @Test
    void graphRewritingImportsTheJdkAndProtobuf() {
        check(classes()
                .that()
                .resideInAPackage(ours("onnx.graph"))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(ours("onnx.graph"), "java..", "com.google.protobuf.."));
    }

    @Test
    void jacksonStaysWhereJsonIsReadAndWritten() {
        confined(
                List.of("source", "surrogate", "codec", "wire", "http", "openinference", "umbridge"),
                "com.fasterxml.jackson..",
                "tools.jackson..");
    }

    @Test
    void archivesAndStorageStayInSource() {
        confined(List.of("source"), "software.amazon.awssdk..", "org.apache.commons.compress..");
    }

    @Test
    void webFrameworksStayInTheApis() {
        confined(
                List.of(APIS),
                "io.quarkus..",
                "io.vertx..",
                "io.netty..",
                "io.grpc..",
                "io.smallrye..",
                "jakarta.ws.rs..",
                "org.eclipse.microprofile..",
                "org.jboss.resteasy..");
    }

    /** Somebody may set the clock: only statistics say when something was. */
    @Test
    void nothingIsTimedByTheClockOnTheWall() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(ours("server"))
                .and()
                .haveNameNotMatching(".*\\.InferenceCounts(\\$.*)?")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now"));
    }

    @Test
    void injectionStaysInTheApis() {
        confined(List.of(APIS), "jakarta.inject..", "jakarta.enterprise..", "jakarta.annotation..");
    }

    @Test
    void meteringStaysInOnePackage() {
        confined(List.of("server.metrics"), "io.micrometer..", "io.prometheus..");
    }

    @Test
    void tracingStaysInOnePackage() {
        confined(List.of("server.tracing"), "io.opentelemetry..", "io.quarkus.opentelemetry..");
    }

    @Test
    void tokensStayInOnePackage() {
        confined(List.of("server.security"), "io.quarkus.oidc..");
    }

    private static void importsTheJdkAlone(String name) {
        check(classes()
                .that()
                .resideInAPackage(ours(name))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(ours(name), "java..", "javax.."));
    }

    /** Of our own packages, {@code name} imports only itself and {@code allowed}. */
    private static void importsOfOurs(String name, String... allowed) {
        List<String> forbidden = new ArrayList<>(MAP);
        forbidden.remove(name);
        forbidden.removeAll(Set.of(allowed));
        check(noClasses()
                .that()
                .resideInAPackage(ours(name))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ours(forbidden)));
    }

    /** Only the packages {@code inside} use the library. */
    private static void confined(List<String> inside, String... library) {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(ours(inside))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(library));
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(PRODUCTION);
    }

    private static String[] below(String name) {
        return MAP.subList(0, MAP.indexOf(name)).toArray(String[]::new);
    }

    private static String ours(String name) {
        return "io.fieldserve." + name + "..";
    }

    private static String[] ours(List<String> names) {
        return names.stream().map(ArchitectureTest::ours).toArray(String[]::new);
    }
}
