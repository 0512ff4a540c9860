package io.fieldserve.codec;

import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.Tensor;

/**
 * One input field as it came.
 *
 * @param announced the shape the caller used
 * @param tensor the elements under the full shape that the contract gave for the announced one
 */
public record DecodedField(String name, Shape announced, Tensor tensor) {}
