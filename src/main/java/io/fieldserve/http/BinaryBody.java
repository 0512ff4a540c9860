package io.fieldserve.http;

import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Bytes, in the API description. Each format has a schema of its own, since client generators take media types of one
 * schema for one, and leave the caller no choice between them.
 */
final class BinaryBody {

    private BinaryBody() {}

    @Schema(name = "NpyFile", type = SchemaType.STRING, format = "binary", description = "An array in NumPy's format.")
    interface Npy {}

    @Schema(
            name = "NpzFile",
            type = SchemaType.STRING,
            format = "binary",
            description = "Named arrays, as by numpy.savez.")
    interface Npz {}

    @Schema(
            name = "RawArray",
            type = SchemaType.STRING,
            format = "binary",
            description = "Little-endian float32 in C order.")
    interface Raw {}
}
