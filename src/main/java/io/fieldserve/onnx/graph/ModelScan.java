package io.fieldserve.onnx.graph;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Goes through a model file from its beginning to its end and keeps what must be known before it is opened: what it calls,
 * and what it keeps elsewhere. Needs no memory for weights, nor more than the bounds allow for anything else.
 *
 * <p>The numbers are those of the fields in onnx.proto. A message that comes in several parts is one to Protocol Buffers; so
 * each part is held to the rules by itself, and nothing is allowed on the grounds of another.
 */
final class ModelScan {

    private static final String NO_MODEL = "it is no ONNX model, or a damaged one";

    private static final int INPUTS = 0;
    private static final int OUTPUTS = 1;
    private static final int WEIGHTS = 2;

    private final CodedInputStream input;
    private final ModelBounds bounds;
    private final Calls calls;
    private final List<ExternalTensor> external = new ArrayList<>();
    private long nodes;
    private long unpacked;
    private boolean hasGraph;

    private ModelScan(InputStream file, ModelBounds bounds) {
        this.input = CodedInputStream.newInstance(file);
        this.bounds = bounds;
        this.calls = new Calls(bounds);
    }

    /**
     * Reads all of it.
     *
     * @throws RefusedModelException it is no model, or too large
     */
    static ModelScan of(InputStream file, ModelBounds bounds) throws IOException {
        ModelScan scan = new ModelScan(file, bounds);
        try {
            scan.model();
        } catch (InvalidProtocolBufferException e) {
            throw new RefusedModelException(NO_MODEL, e);
        }
        if (!scan.hasGraph) {
            throw new RefusedModelException(NO_MODEL);
        }
        scan.calls.check();
        return scan;
    }

    List<ExternalTensor> external() {
        return external;
    }

    /** Bytes of the sparse weights once they are dense. */
    long unpacked() {
        return unpacked;
    }

    /** Reads a field, or leaves it to be skipped. */
    private interface Reader {
        boolean read(int field, boolean message) throws IOException;
    }

    private void model() throws IOException {
        fields((field, message) -> switch (field) {
            case 7 -> message && graph(calls.ofGraph(), 0);
            case 25 -> message && function();
            default -> false;
        });
    }

    private boolean graph(Map<String, Long> called, int depth) throws IOException {
        hasGraph = true;
        if (depth > ModelBounds.NESTING) {
            throw new RefusedModelException(
                    "its subgraphs are nested more than %d deep".formatted(ModelBounds.NESTING));
        }
        int[] counts = new int[3];
        message((field, message) -> switch (field) {
            case 1 -> message && node(called, depth);
            case 5 -> message && count(counts, WEIGHTS) && tensor();
            case 11 -> message && count(counts, INPUTS) && value();
            case 12 -> message && count(counts, OUTPUTS) && value();
            case 15 -> message && sparse(new double[] {1});
            default -> false;
        });
        // Before version 4 of the format, weights are listed among the inputs.
        requireFew("inputs", counts[INPUTS] - counts[WEIGHTS]);
        requireFew("outputs", counts[OUTPUTS]);
        return true;
    }

    private static boolean count(int[] counts, int what) {
        counts[what]++;
        return true;
    }

    private static void requireFew(String what, int count) {
        if (count > ModelBounds.FIELDS) {
            throw new RefusedModelException(
                    "it has %d %s, at most %d are allowed".formatted(count, what, ModelBounds.FIELDS));
        }
    }

    private boolean function() throws IOException {
        countNode();
        Map<String, Long> called = new HashMap<>();
        String[] name = {"", ""};
        message((field, message) -> switch (field) {
            case 1 -> message && text(name, 1);
            case 7 -> message && node(called, 0);
            case 10 -> message && text(name, 0);
            case 11 -> message && attribute(called, 0);
            default -> false;
        });
        calls.define(Calls.key(name[0], name[1]), called);
        return true;
    }

    private boolean node(Map<String, Long> called, int depth) throws IOException {
        countNode();
        String[] name = {"", ""};
        message((field, message) -> switch (field) {
            case 4 -> message && text(name, 1);
            case 5 -> message && attribute(called, depth);
            case 7 -> message && text(name, 0);
            default -> false;
        });
        called.merge(Calls.key(name[0], name[1]), 1L, Long::sum);
        return true;
    }

    private void countNode() {
        if (++nodes > bounds.nodes()) {
            throw Calls.tooMany(bounds);
        }
    }

    private boolean attribute(Map<String, Long> called, int depth) throws IOException {
        // The axes of all its parts are those of one tensor.
        double[] elements = {1};
        return message((field, message) -> switch (field) {
            case 5, 10 -> message && tensor();
            case 6, 11 -> message && graph(called, depth + 1);
            case 22 -> message && sparse(elements);
            case 23 -> message && sparse(new double[] {1});
            default -> false;
        });
    }

    private boolean tensor() throws IOException {
        String[] name = {""};
        boolean[] elsewhere = {false};
        Map<String, String> entries = new HashMap<>();
        message((field, message) -> switch (field) {
            case 8 -> message && text(name, 0);
            case 13 -> message && entry(entries);
            case 14 -> !message && flag(elsewhere);
            default -> false;
        });
        if (elsewhere[0] || !entries.isEmpty()) {
            external.add(new ExternalTensor(name[0], Map.copyOf(entries)));
            if (external.size() > bounds.nodes()) {
                throw new RefusedModelException("more than %d tensors lie elsewhere".formatted(bounds.nodes()));
            }
        }
        return true;
    }

    private boolean entry(Map<String, String> entries) throws IOException {
        String[] entry = {"", ""};
        message((field, message) -> field <= 2 && message && text(entry, field - 1));
        if (ExternalTensor.KEYS.contains(entry[0]) && entries.put(entry[0], entry[1]) != null) {
            throw new RefusedModelException("a tensor says twice where it lies: " + entry[0]);
        }
        return true;
    }

    private boolean sparse(double[] elements) throws IOException {
        message((field, message) -> switch (field) {
            case 1, 2 -> message && tensor();
            case 3 -> dims(elements, message);
            default -> false;
        });
        unpacked = (long) Math.min(Long.MAX_VALUE, unpacked + elements[0] * Double.BYTES);
        return true;
    }

    /** Lengths of axes, one by one or many in one field. */
    private boolean dims(double[] elements, boolean packed) throws IOException {
        int end = packed ? input.pushLimit(input.readRawVarint32()) : 0;
        do {
            elements[0] *= Math.max(0, input.readInt64());
        } while (packed && input.getBytesUntilLimit() > 0);
        if (packed) {
            input.popLimit(end);
        }
        return true;
    }

    private boolean value() throws IOException {
        String[] name = {""};
        return message((field, message) -> field == 1 && message && text(name, 0));
    }

    private boolean flag(boolean[] target) throws IOException {
        target[0] |= input.readEnum() != 0;
        return true;
    }

    private boolean text(String[] target, int index) throws IOException {
        int length = input.readRawVarint32();
        if (length < 0 || length > ModelBounds.NAME) {
            throw new RefusedModelException("a name in it is longer than %d bytes".formatted(ModelBounds.NAME));
        }
        target[index] = new String(input.readRawBytes(length), StandardCharsets.UTF_8);
        return true;
    }

    private boolean message(Reader reader) throws IOException {
        int end = input.pushLimit(input.readRawVarint32());
        fields(reader);
        input.popLimit(end);
        return true;
    }

    private void fields(Reader reader) throws IOException {
        for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
            int type = WireFormat.getTagWireType(tag);
            if (type == WireFormat.WIRETYPE_START_GROUP || type == WireFormat.WIRETYPE_END_GROUP) {
                // ONNX has no groups.
                throw new RefusedModelException(NO_MODEL);
            }
            boolean message = type == WireFormat.WIRETYPE_LENGTH_DELIMITED;
            boolean number = type == WireFormat.WIRETYPE_VARINT;
            if (!(message || number) || !reader.read(WireFormat.getTagFieldNumber(tag), message)) {
                input.skipField(tag);
            }
        }
    }
}
