package io.fieldserve.codec;

import io.fieldserve.prediction.InputContract;
import io.fieldserve.tensor.TensorAllocator;
import java.io.InputStream;
import java.util.OptionalLong;

/**
 * {@code application/x-npz}: named fields, as {@code numpy.savez} and {@code numpy.savez_compressed} write them. What
 * an entry unpacks to is bounded by the shape in its NPY header, so an archive cannot yield more than the contract
 * admits.
 */
public final class NpzDecoder implements InputDecoder {
    private static final String SUFFIX = ".npy";

    @Override
    public DecodedInputs decode(
            InputStream body, OptionalLong contentLength, InputContract contract, TensorAllocator allocator) {
        try (InputCollector collector = new InputCollector(contract);
                ZipReader archive = new ZipReader(new BodyInput(body, contentLength))) {
            for (ZipReader.Entry entry = archive.next(); entry != null; entry = archive.next()) {
                String field = fieldOf(entry, collector);
                collector.requireNew(field);
                collector.add(NpyArray.read(entry.content(), field, contract, allocator));
            }
            return collector.complete();
        }
    }

    private static String fieldOf(ZipReader.Entry entry, InputCollector collector) {
        String name = entry.name();
        if (!name.endsWith(SUFFIX)) {
            throw collector.unknown("an entry " + Excerpt.quoted(name) + ", which is not a .npy file");
        }
        return name.substring(0, name.length() - SUFFIX.length());
    }
}
