package io.fieldserve.http;

import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Bytes, in the API description. */
@Schema(name = "Binary", type = SchemaType.STRING, format = "binary")
interface BinaryBody {}
