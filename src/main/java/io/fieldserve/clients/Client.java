package io.fieldserve.clients;

import java.util.Optional;

/** Whoever asks, as far as limits tell one from another. */
public sealed interface Client {

    /** Someone who has proved to have this name. */
    record Named(String name) implements Client {}

    /** Whoever asks from this address, as they haven't said who they are. */
    record At(String address) implements Client {}

    /** Known by name, where there is one, else by address. */
    static Client of(Optional<String> name, String address) {
        return name.<Client>map(Named::new).orElseGet(() -> new At(address));
    }
}
