package io.fieldserve.source;

import java.net.SocketException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.FileSystemException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** What is wrong with a source, in words that anybody may read: they name no host, path, or account. */
final class Trouble {

    static final String CACHE = "its cache can't be read or written";

    private Trouble() {}

    /** The kind of a failure, after the first in its chain of causes that tells. */
    static String of(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .flatMap(cause -> kind(cause).stream())
                .findFirst()
                .orElse("it failed, as the log says");
    }

    private static Optional<String> kind(Throwable failure) {
        return switch (failure) {
            case RefusedException _ -> Optional.of("it refuses");
            case FileSystemException _ -> Optional.of(CACHE);
            case SSLException _ -> Optional.of("no secure connection to it can be made");
            case SocketException _, UnknownHostException _, UnresolvedAddressException _ ->
                Optional.of("it can't be reached");
            case HttpTimeoutException _, TimeoutException _ -> Optional.of("it doesn't answer in time");
            default -> Optional.empty();
        };
    }
}
