package io.fieldserve.openinference;

import io.fieldserve.prediction.Failure;
import io.fieldserve.prediction.Quantity;
import io.fieldserve.surrogate.Field;
import io.fieldserve.surrogate.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One output of a model: a quantity of an output field. It is called {@code <field>} for the mean, else
 * {@code <field>.<quantity>}.
 */
public record ModelOutput(Field field, Quantity quantity) {

    /** What the protocol calls it. */
    public String name() {
        return quantity == Quantity.MEAN ? field.name() : field.name() + "." + quantity.wireName();
    }

    /** All outputs that a model has. */
    public static List<ModelOutput> of(Manifest manifest) {
        List<ModelOutput> outputs = new ArrayList<>();
        for (Field field : manifest.outputs()) {
            outputs.add(new ModelOutput(field, Quantity.MEAN));
            boolean ensemble = manifest.ensemble().members() > 1;
            if (ensemble) {
                outputs.add(new ModelOutput(field, Quantity.STD));
            }
            if (isCalibrated(manifest, field)) {
                outputs.add(new ModelOutput(field, Quantity.LOWER));
                outputs.add(new ModelOutput(field, Quantity.UPPER));
            }
            if (ensemble) {
                outputs.add(new ModelOutput(field, Quantity.MEMBERS));
            }
        }
        return outputs;
    }

    /**
     * The output of a name.
     *
     * @throws io.fieldserve.prediction.FailureException the model has none
     */
    static ModelOutput named(String name, Manifest manifest) {
        List<ModelOutput> outputs = of(manifest);
        return outputs.stream()
                .filter(output -> output.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new Failure.InvalidParameter(
                                "outputs",
                                "names out of "
                                        + outputs.stream()
                                                .map(ModelOutput::name)
                                                .collect(Collectors.joining(", ")),
                                "'" + name + "'")
                        .asException());
    }

    private static boolean isCalibrated(Manifest manifest, Field field) {
        return manifest.calibration().stream()
                .flatMap(calibration -> calibration.fields().stream())
                .anyMatch(calibrated -> calibrated.field().equals(field.name()));
    }
}
