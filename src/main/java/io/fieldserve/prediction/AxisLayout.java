package io.fieldserve.prediction;

import io.fieldserve.surrogate.Field;
import io.fieldserve.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Which of the two leading axes a caller wrote. Inside the service every array is {@code [B, C, axes...]}; a caller may
 * leave out a batch of one and a single channel, and gets the reply in the same layout.
 */
public record AxisLayout(boolean batch, boolean channel) {

    /** The layout of an input field that was announced with this many axes. */
    public static AxisLayout of(Field field, int rank) {
        int leading = rank - field.dimensions();
        boolean singleChannel = field.channels() == 1;
        return new AxisLayout(
                leading == 2 || (leading == 1 && singleChannel), leading == 2 || (leading == 1 && !singleChannel));
    }

    /** How {@code [B, C, axes...]} of an output field is shown: without the axes that the caller left out. */
    public Shape shown(Field output, Shape full) {
        boolean dropChannel = !channel && output.channels() == 1;
        Shape withoutChannel = dropChannel ? full.drop(1, 2) : full;
        return batch ? withoutChannel : withoutChannel.drop(0, 1);
    }

    /** Names of the axes that {@link #shown} leaves. */
    public List<String> axes(Field output) {
        List<String> axes = new ArrayList<>();
        if (batch) {
            axes.add("batch");
        }
        if (channel || output.channels() > 1) {
            axes.add("channel");
        }
        axes.addAll(output.axes());
        return axes;
    }
}
