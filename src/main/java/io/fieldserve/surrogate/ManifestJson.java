package io.fieldserve.surrogate;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.fieldserve.tensor.DataType;
import java.io.IOException;
import java.util.Arrays;

/** How manifests, and all else that is described in JSON, are written: snake_case keys, dtypes by their wire name. */
public final class ManifestJson {

    private ManifestJson() {}

    /** Gives a mapper these conventions. Unknown keys are refused: a misspelt one must not pass for an absent one. */
    public static ObjectMapper configure(ObjectMapper mapper) {
        return mapper.setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .registerModule(new Jdk8Module())
                .registerModule(new SimpleModule("fieldserve")
                        .addSerializer(DataType.class, new DataTypeWriter())
                        .addDeserializer(DataType.class, new DataTypeReader()));
    }

    private static final class DataTypeWriter extends JsonSerializer<DataType> {
        @Override
        public void serialize(DataType value, JsonGenerator generator, SerializerProvider provider) throws IOException {
            generator.writeString(value.wireName());
        }
    }

    private static final class DataTypeReader extends JsonDeserializer<DataType> {
        @Override
        public DataType deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String name = parser.getValueAsString();
            return Arrays.stream(DataType.values())
                    .filter(type -> type.wireName().equals(name))
                    .findFirst()
                    .orElseThrow(() -> context.weirdStringException(name, DataType.class, "not a dtype served here"));
        }
    }
}
