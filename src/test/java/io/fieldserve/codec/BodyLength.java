package io.fieldserve.codec;

import java.util.OptionalLong;

/** Whether the length of a body is told before it comes. */
enum BodyLength {
    TOLD,
    UNTOLD;

    OptionalLong of(byte[] body) {
        return this == TOLD ? OptionalLong.of(body.length) : OptionalLong.empty();
    }
}
