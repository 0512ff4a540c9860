package io.fieldserve.http;

import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.Optional;

/** The media types in which fields come and go. */
enum BodyFormat {
    JSON(BodyFormat.JSON_TYPE),
    NPY(BodyFormat.NPY_TYPE),
    NPZ(BodyFormat.NPZ_TYPE),
    RAW(BodyFormat.RAW_TYPE);

    static final String JSON_TYPE = MediaType.APPLICATION_JSON;
    static final String NPY_TYPE = "application/x-npy";
    static final String NPZ_TYPE = "application/x-npz";
    static final String RAW_TYPE = MediaType.APPLICATION_OCTET_STREAM;

    private final String mediaType;

    BodyFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    MediaType mediaType() {
        return MediaType.valueOf(mediaType);
    }

    /** The format of exactly this name, which may be null. */
    static Optional<BodyFormat> named(String mediaType) {
        return Arrays.stream(values())
                .filter(format -> format.mediaType.equals(mediaType))
                .findFirst();
    }

    /**
     * The format of a media type, whatever parameters it carries.
     *
     * @param mediaType null where a body came without one
     * @throws NotSupportedException there is no such format
     */
    static BodyFormat of(MediaType mediaType) {
        return Arrays.stream(values())
                .filter(format -> sameType(format.mediaType(), mediaType))
                .findFirst()
                .orElseThrow(NotSupportedException::new);
    }

    private static boolean sameType(MediaType ours, MediaType theirs) {
        return theirs != null
                && ours.getType().equalsIgnoreCase(theirs.getType())
                && ours.getSubtype().equalsIgnoreCase(theirs.getSubtype());
    }
}
