package io.fieldserve.openinference.grpc;

import io.fieldserve.openinference.Parameters;
import io.fieldserve.openinference.grpc.proto.OpenInference.InferParameter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Parameters to and from their messages. */
final class ParameterMessages {

    private ParameterMessages() {}

    static Parameters read(Map<String, InferParameter> messages) {
        Map<String, Object> values = new HashMap<>();
        messages.forEach((name, message) -> {
            switch (message.getParameterChoiceCase()) {
                case BOOL_PARAM -> values.put(name, message.getBoolParam());
                case INT64_PARAM -> values.put(name, message.getInt64Param());
                case STRING_PARAM -> values.put(name, message.getStringParam());
                case DOUBLE_PARAM -> values.put(name, message.getDoubleParam());
                case UINT64_PARAM -> values.put(name, unsigned(message.getUint64Param()));
                case PARAMETERCHOICE_NOT_SET -> {
                    // Says nothing.
                }
            }
        });
        return new Parameters(values);
    }

    /** A whole number, or the nearest double where that is beyond the range of a {@code long}. */
    private static Object unsigned(long bits) {
        return bits >= 0 ? (Object) bits : (Object) ((double) (bits >>> 1) * 2);
    }

    static Map<String, InferParameter> write(Map<String, Object> values) {
        Map<String, InferParameter> messages = new LinkedHashMap<>();
        values.forEach((name, value) -> messages.put(name, message(value)));
        return messages;
    }

    private static InferParameter message(Object value) {
        InferParameter.Builder message = InferParameter.newBuilder();
        switch (value) {
            case Boolean flag -> message.setBoolParam(flag);
            case Long count -> message.setInt64Param(count);
            case Double number -> message.setDoubleParam(number);
            default -> message.setStringParam(value.toString());
        }
        return message.build();
    }
}
