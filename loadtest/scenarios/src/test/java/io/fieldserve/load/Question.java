package io.fieldserve.load;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A mean to ask for.
 *
 * @param name in the report
 * @param path with its query
 * @param type of the body and of the reply
 * @param body never changed
 */
record Question(String name, String path, String type, byte[] body) {

    private static final String DARCY = "darcy-fno";
    private static final String BURGERS = "burgers-fno";

    /** Darcy flow on {@code size x size} points as raw bytes: a chequered permeability of two values. */
    static Question darcy(int size) {
        return binary(DARCY, "%1$d,%1$d".formatted(size), size * size, permeability(size));
    }

    /** The same as JSON. */
    static Question darcyJson(int size) {
        IntToDoubleFunction value = permeability(size);
        String rows = IntStream.range(0, size)
                .mapToObj(row -> numbers(row * size, (row + 1) * size, value))
                .collect(Collectors.joining(",", "[", "]"));
        return json(DARCY, size + "," + size, "permeability", rows);
    }

    /** Burgers' equation on {@code size} points as raw bytes: a sine. */
    static Question burgers(int size) {
        return binary(BURGERS, String.valueOf(size), size, velocity(size));
    }

    /** The same as JSON. */
    static Question burgersJson(int size) {
        return json(BURGERS, String.valueOf(size), "initial_velocity", numbers(0, size, velocity(size)));
    }

    private static IntToDoubleFunction permeability(int size) {
        int tile = size / 8;
        return point -> (point / size / tile + point % size / tile) % 2 == 0 ? 3 : 12;
    }

    private static IntToDoubleFunction velocity(int size) {
        return point -> (float) (0.5 * Math.sin(2 * Math.PI * point / size));
    }

    private static String numbers(int from, int to, IntToDoubleFunction value) {
        return IntStream.range(from, to)
                .mapToObj(point -> String.valueOf(value.applyAsDouble(point)))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static Question json(String surrogate, String shape, String field, String array) {
        byte[] body = "{\"inputs\":{\"%s\":%s}}".formatted(field, array).getBytes(StandardCharsets.UTF_8);
        return of(surrogate, shape, "json", "", "application/json", body);
    }

    private static Question binary(String surrogate, String shape, int points, IntToDoubleFunction value) {
        ByteBuffer bytes = ByteBuffer.allocate(points * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        IntStream.range(0, points).forEach(point -> bytes.putFloat((float) value.applyAsDouble(point)));
        return of(surrogate, shape, "binary", "&shape=" + shape, "application/octet-stream", bytes.array());
    }

    private static Question of(
            String surrogate, String shape, String format, String query, String type, byte[] body) {
        String name = "%s %s %s".formatted(surrogate, shape.replace(",", "x"), format);
        return new Question(name, "/v1/surrogates/" + surrogate + "/predict?outputs=mean" + query, type, body);
    }
}
