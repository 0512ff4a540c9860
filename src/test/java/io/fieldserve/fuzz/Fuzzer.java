package io.fieldserve.fuzz;

/** What Jazzer calls: the target named by its argument. */
public final class Fuzzer {

    private static FuzzTarget target;

    private Fuzzer() {}

    /** Called once. */
    public static void fuzzerInitialize(String[] arguments) {
        target = FuzzTargets.named(arguments[0]);
    }

    /** Called for each input; whatever is thrown is a finding. */
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        target.run(input);
    }
}
