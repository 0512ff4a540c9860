package io.fieldserve.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.fieldserve.codec.JsonArrayEncoder;
import io.fieldserve.codec.Precision;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.Tensor;
import java.io.IOException;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A tensor in a JSON reply, written as nested arrays straight from its memory, in the digits that the writer's attribute
 * {@link Precision} says.
 */
@JsonSerialize(using = NumberArray.Writer.class)
@Schema(
        name = "NumberArray",
        type = SchemaType.ARRAY,
        implementation = Object.class,
        description =
                "Nested arrays of numbers, C order, to the depth of the array's shape. Each number has the fewest"
                        + " digits that identify its float32 value, or the significant digits asked for. null stands for NaN and infinities.")
public record NumberArray(Tensor tensor, Shape shown) {

    static final class Writer extends JsonSerializer<NumberArray> {
        @Override
        public void serialize(NumberArray array, JsonGenerator generator, SerializerProvider provider)
                throws IOException {
            Precision precision = (Precision) provider.getAttribute(Precision.class);
            JsonArrayEncoder.write(generator, array.tensor(), array.shown(), precision);
        }
    }
}
