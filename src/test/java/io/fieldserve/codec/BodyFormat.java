package io.fieldserve.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The formats that carry one field named {@code a} both ways. */
enum BodyFormat {
    JSON {
        @Override
        InputDecoder decoder(Shape shape) {
            return new JsonDecoder();
        }

        @Override
        void write(ByteArrayOutputStream body, Tensor tensor, Shape shown) throws IOException {
            try (JsonGenerator generator = Json.DEFAULT.factory().createGenerator(body)) {
                generator.writeStartObject();
                generator.writeObjectFieldStart("inputs");
                generator.writeFieldName("a");
                JsonArrayEncoder.write(generator, tensor, shown, Precision.SHORTEST);
                generator.writeEndObject();
                generator.writeEndObject();
            }
        }
    },
    NPY {
        @Override
        InputDecoder decoder(Shape shape) {
            return new NpyDecoder();
        }

        @Override
        void write(ByteArrayOutputStream body, Tensor tensor, Shape shown) throws IOException {
            body.writeBytes(Pieces.bytes(NpyEncoder.encode(tensor, shown)));
        }
    },
    NPZ {
        @Override
        InputDecoder decoder(Shape shape) {
            return new NpzDecoder();
        }

        @Override
        void write(ByteArrayOutputStream body, Tensor tensor, Shape shown) throws IOException {
            NpzEncoder archive = new NpzEncoder();
            archive.add("a", tensor, shown);
            body.writeBytes(Pieces.bytes(archive.finish()));
        }
    },
    RAW {
        @Override
        InputDecoder decoder(Shape shape) {
            return new RawDecoder(shape);
        }

        @Override
        void write(ByteArrayOutputStream body, Tensor tensor, Shape shown) throws IOException {
            body.writeBytes(Pieces.bytes(RawEncoder.encode(tensor)));
        }
    };

    /** The decoder of this format, told the shape if the format needs that. */
    abstract InputDecoder decoder(Shape shape);

    abstract void write(ByteArrayOutputStream body, Tensor tensor, Shape shown) throws IOException;

    byte[] encode(Tensor tensor, Shape shown) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try {
            write(body, tensor, shown);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return body.toByteArray();
    }
}
