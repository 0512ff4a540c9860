package io.fieldserve.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldserve.packaged.ServiceProcess;
import io.fieldserve.repository.PlainFolder;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The files of versions that are being served change, shrink and go. */
class FilesFaultIT extends FaultScenario {

    private static final int PER_SECOND = 30;

    private ServiceProcess service;

    private interface Harm {
        void to(Path file) throws IOException;
    }

    @Test
    void aRunningVersionNeedsNoFiles() throws IOException {
        // Given one with weights beside its graph, too
        Path lines = Lines.write(root, 1);
        Path shifts = PlainFolder.write(root, "shifts", "1", "shifts");
        service = service().with("-Dfieldserve.repository.control=true").start();
        List<Question> questions = new ArrayList<>(Lines.questions());
        questions.add(PlainQuestion.constant("shifts", 512, 1.5f, 4.5f));
        questions.add(PlainQuestion.constant("shifts", 512, -7, -4));
        SteadyLoad load = load(service, PER_SECOND, questions);

        // When, Then
        for (Harm harm : List.<Harm>of(FilesFaultIT::overwrite, FilesFaultIT::empty, Files::delete)) {
            harm(lines, harm);
            harm(shifts, harm);
            load.awaitRight(scaled(3 * PER_SECOND));
            HttpResponse<byte[]> example = example();
            assertThat(SteadyLoad.refusal(example)).isEqualTo("500 internal-error");
            // What can't be read any more leaves in its place what runs.
            assertThat(reload("affine")).isEqualTo(200);
            load.awaitRight(PER_SECOND);
            delete(lines);
            Lines.write(root, 1);
            assertThat(reload("affine")).isEqualTo(200);
            assertThat(example().statusCode()).isEqualTo(200);
            delete(shifts);
            PlainFolder.write(root, "shifts", "1", "shifts");
        }
        endWell(load, service);
    }

    private HttpResponse<byte[]> example() {
        return service.get("/v1/surrogates/affine/example?seed=1");
    }

    private int reload(String surrogate) {
        return service.post("/v2/repository/models/" + surrogate + "/load", "application/json", new byte[0])
                .statusCode();
    }

    private static void harm(Path version, Harm harm) throws IOException {
        try (Stream<Path> files = Files.list(version)) {
            for (Path file : files.toList()) {
                harm.to(file);
            }
        }
    }

    /** Other bytes in the same file, as a copy over it leaves them. */
    private static void overwrite(Path file) throws IOException {
        byte[] other = new byte[Math.toIntExact(Files.size(file))];
        Arrays.fill(other, (byte) 0x5a);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(other));
        }
    }

    private static void empty(Path file) throws IOException {
        FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
                .close();
    }
}
