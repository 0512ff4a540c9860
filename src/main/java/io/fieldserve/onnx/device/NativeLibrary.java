package io.fieldserve.onnx.device;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;

/** A shared library whose functions return 0 or the code of an error, for which it has a text. Never unloaded. */
final class NativeLibrary {

    private final String name;
    private final SymbolLookup symbols;
    private final MethodHandle errorText;

    private NativeLibrary(String name, SymbolLookup symbols, String errorText) {
        this.name = name;
        this.symbols = symbols;
        this.errorText = link(errorText, FunctionDescriptor.of(ADDRESS, JAVA_INT));
    }

    /**
     * The first of these libraries that the loader finds.
     *
     * @param errorText its function from an error's code to a text
     * @throws DeviceException none is there, or it isn't what its name says
     */
    static NativeLibrary open(List<String> names, String errorText) {
        for (String name : names) {
            Optional<SymbolLookup> symbols = lookUp(name);
            if (symbols.isPresent()) {
                return new NativeLibrary(name, symbols.get(), errorText);
            }
        }
        throw new DeviceException("the loader finds no " + String.join(" or ", names));
    }

    @SuppressWarnings("restricted")
    private static Optional<SymbolLookup> lookUp(String name) {
        try {
            return Optional.of(SymbolLookup.libraryLookup(name, Arena.global()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** One of its functions, which returns a status. */
    Function function(String function, MemoryLayout... parameters) {
        return new Function(function, link(function, FunctionDescriptor.of(JAVA_INT, parameters)));
    }

    @SuppressWarnings("restricted")
    private MethodHandle link(String function, FunctionDescriptor descriptor) {
        MemorySegment address =
                symbols.find(function).orElseThrow(() -> new DeviceException(name + " has no " + function));
        return Linker.nativeLinker().downcallHandle(address, descriptor);
    }

    /** A function by its name; called rarely enough for its arguments to be boxed. */
    final class Function {
        private final String function;
        private final MethodHandle handle;

        private Function(String function, MethodHandle handle) {
            this.function = function;
            this.handle = handle;
        }

        /** Calls it, and gives its status. */
        int status(Object... arguments) {
            return (int) invoke(handle, arguments);
        }

        /**
         * Calls it.
         *
         * @throws DeviceException its status isn't 0; says which and why
         */
        void call(Object... arguments) {
            int status = status(arguments);
            if (status != 0) {
                throw new DeviceException("%s: %s (%d)".formatted(function, describe(status), status));
            }
        }
    }

    @SuppressWarnings("restricted")
    private String describe(int status) {
        MemorySegment text = (MemorySegment) invoke(errorText, status);
        return text.reinterpret(Long.MAX_VALUE).getString(0);
    }

    private static Object invoke(MethodHandle handle, Object... arguments) {
        try {
            return handle.invokeWithArguments(arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a native function threw", e);
        }
    }
}
