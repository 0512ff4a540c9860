package io.fieldserve.load;

/** At four fifths of saturation. */
public final class Latency80 extends Latency {

    public Latency80() {
        super(0.8);
    }
}
