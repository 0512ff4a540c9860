package io.fieldserve.openinference;

import io.fieldserve.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A valid inference of one FP32 input, as any protocol can put it.
 *
 * @param shape of the input, in any of the layouts that are taken
 * @param valuesSeed what the input's values are made of
 * @param outputs asked for by name; if empty, none are named and mean and std come
 * @param parameters of the request
 */
public record InferCase(
        String model,
        String input,
        String field,
        Shape shape,
        long valuesSeed,
        List<String> outputs,
        Map<String, Object> parameters) {

    /** One case in so many is Darcy's, which takes far longer than Burgers'. */
    private static final int DARCY_IN = 25;

    private static final double[] LEVELS = {0.5, 0.8, 0.9, 0.95, 0.99};

    /** The same case for the same seed. */
    public static InferCase random(long seed) {
        Random random = new Random(seed);
        boolean darcy = random.nextInt(DARCY_IN) == 0;
        boolean interval = random.nextInt(4) == 0;
        String field = darcy ? "pressure" : "final_velocity";
        Map<String, Object> parameters = new LinkedHashMap<>();
        List<String> quantities = new ArrayList<>(List.of("", ".std", ".members"));
        if (interval) {
            quantities.addAll(List.of(".lower", ".upper"));
            parameters.put("level", LEVELS[random.nextInt(LEVELS.length)]);
            parameters.put("guarantee", random.nextBoolean() ? "pointwise" : "simultaneous");
        } else if (random.nextInt(4) == 0) {
            int members = 1 + random.nextInt(5);
            parameters.put("members", (long) members);
            if (members == 1) {
                quantities.remove(".std");
            }
        }
        Collections.shuffle(quantities, random);
        List<String> outputs = quantities.stream()
                .limit(random.nextInt(quantities.size() + 1))
                .map(quantity -> field + quantity)
                .toList();
        return new InferCase(
                darcy ? "darcy-fno" : "burgers-fno",
                darcy ? "permeability" : "initial_velocity",
                field,
                darcy ? darcyShape(interval, random) : burgersShape(interval, random),
                random.nextLong(),
                outputs,
                parameters);
    }

    /** Calibrated on 64 x 64 and 128 x 128. */
    private static Shape darcyShape(boolean calibrated, Random random) {
        return calibrated
                ? layout(1, random, 64, 64)
                : layout(1 + random.nextInt(2), random, 32 + random.nextInt(17), 32 + random.nextInt(17));
    }

    /** Calibrated on 256, 512 and 1024. */
    private static Shape burgersShape(boolean calibrated, Random random) {
        return layout(1 + random.nextInt(4), random, calibrated ? 256 : 64 + random.nextInt(65));
    }

    /** With batch and channel, without channel, or without either. */
    private static Shape layout(int batch, Random random, long... grid) {
        Shape bare = Shape.of(grid);
        return switch (random.nextInt(batch == 1 ? 3 : 2)) {
            case 0 -> bare.prepend(batch, 1);
            case 1 -> bare.prepend(batch);
            default -> bare;
        };
    }

    /** The input, in C order. */
    public float[] values() {
        Random random = new Random(valuesSeed);
        float[] values = new float[(int) shape.elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = input.equals("permeability") ? (random.nextBoolean() ? 12 : 3) : 4 * random.nextFloat() - 2;
        }
        return values;
    }
}
