package io.fieldserve.codec;

import static io.fieldserve.fuzz.FuzzTarget.require;

import io.fieldserve.fuzz.FuzzMemory;
import io.fieldserve.fuzz.FuzzTarget;
import io.fieldserve.prediction.Failure;
import io.fieldserve.prediction.InputContract;
import io.fieldserve.surrogate.Field;
import io.fieldserve.tensor.Shape;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Runs a decoder of requests on a body. */
abstract class DecoderFuzz implements FuzzTarget {

    private final FuzzMemory memory = new FuzzMemory();

    /** What became of a body: why it was refused, or what it holds. */
    record Verdict(Optional<Failure> refusal, Map<String, Content> fields) {}

    /** A field, copied. */
    record Content(Shape announced, Shape full, String bits) {

        static Content of(DecodedField field) {
            StringBuilder bits = new StringBuilder();
            for (int i = 0; i < field.tensor().floats().capacity(); i++) {
                bits.append(Integer.toHexString(field.tensor().bytes().getInt(i * Float.BYTES)))
                        .append(' ');
            }
            return new Content(field.announced(), field.tensor().shape(), bits.toString());
        }
    }

    /** A body in one piece, in many, and of untold length is the same; what was read is written and read again the same. */
    Verdict judge(InputDecoder decoder, InputContract contract, byte[] body) throws Exception {
        OptionalLong length = OptionalLong.of(body.length);
        Verdict whole = decode(decoder, contract, new ByteArrayInputStream(body), length);
        Verdict inPieces = decode(decoder, contract, new TricklingStream(body, body.length), length);
        // Where an input is wrong in several ways, which is met first depends on the pieces.
        require(whole.fields().equals(inPieces.fields()), "in pieces as at once: " + whole + " but " + inPieces);
        Verdict untold = decode(decoder, contract, new ByteArrayInputStream(body), OptionalLong.empty());
        require(whole.fields().equals(untold.fields()), "length untold as told: " + whole + " but " + untold);
        return whole;
    }

    Verdict decode(InputDecoder decoder, InputContract contract, InputStream body, OptionalLong length)
            throws Exception {
        Map<String, Content> fields = new HashMap<>();
        Optional<Failure> refusal = memory.refusal(() -> {
            try (DecodedInputs inputs = decoder.decode(body, length, contract, memory)) {
                inputs.fields().forEach((name, field) -> fields.put(name, Content.of(field)));
                for (BodyFormat format : BodyFormat.values()) {
                    requireRoundTrip(format, inputs);
                }
            }
        });
        return new Verdict(refusal, fields);
    }

    private void requireRoundTrip(BodyFormat format, DecodedInputs inputs) {
        for (DecodedField field : inputs.fields().values()) {
            int rank = field.tensor().shape().rank();
            GridContract contract = GridContract.boundless("a")
                    .withRank(rank - Field.LEADING_AXES)
                    .allowingNonFinite();
            byte[] body = format.encode(field.tensor(), field.announced());
            try (DecodedInputs again = format.decoder(field.announced())
                    .decode(new ByteArrayInputStream(body), OptionalLong.of(body.length), contract, memory)) {
                boolean same = Content.of(again.fields().get("a")).equals(Content.of(field));
                require(same || (format == BodyFormat.JSON && hasNaN(field)), format + " keeps every bit");
            }
        }
    }

    /** JSON has but one NaN. */
    private static boolean hasNaN(DecodedField field) {
        for (int i = 0; i < field.tensor().floats().capacity(); i++) {
            if (Float.isNaN(field.tensor().floats().get(i))) {
                return true;
            }
        }
        return false;
    }
}
