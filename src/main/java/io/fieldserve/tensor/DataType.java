package io.fieldserve.tensor;

/** The element types a tensor may hold, with the name each has in manifests and messages. */
public enum DataType {
    FLOAT32("float32", Float.BYTES);

    private final String wireName;
    private final int bytes;

    DataType(String wireName, int bytes) {
        this.wireName = wireName;
        this.bytes = bytes;
    }

    /** The name used in manifests, headers and messages, such as {@code float32}. */
    public String wireName() {
        return wireName;
    }

    /** The size of one element in bytes. */
    public int bytes() {
        return bytes;
    }
}
