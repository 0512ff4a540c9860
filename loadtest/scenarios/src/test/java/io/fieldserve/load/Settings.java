package io.fieldserve.load;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** What the command line says, as system properties that begin with {@code scenario}. */
final class Settings {

    private Settings() {}

    /** The service, which must be on this machine: load is not to be sent to others by mistake. */
    static URI service() {
        URI address = URI.create(text("url").orElse("http://127.0.0.1:8080"));
        if (!"http".equals(address.getScheme()) || !"127.0.0.1".equals(address.getHost())) {
            throw new IllegalArgumentException("Load is sent to http://127.0.0.1 alone, not to " + address);
        }
        return address;
    }

    /** Requests a second; measured first where none is given. */
    static OptionalDouble saturation() {
        return text("saturation").map(Double::valueOf).map(OptionalDouble::of).orElse(OptionalDouble.empty());
    }

    static Duration duration(Duration usual) {
        return text("duration").map(Long::valueOf).map(Duration::ofSeconds).orElse(usual);
    }

    /** The service's process, for its memory. */
    static OptionalLong process() {
        return text("pid").map(Long::valueOf).map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    static Path results() {
        return Path.of(text("results").orElse("target"));
    }

    private static Optional<String> text(String name) {
        return Optional.ofNullable(System.getProperty("scenario." + name)).filter(value -> !value.isBlank());
    }
}
