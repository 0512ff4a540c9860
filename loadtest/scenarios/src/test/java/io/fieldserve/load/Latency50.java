package io.fieldserve.load;

/** At half of saturation. */
public final class Latency50 extends Latency {

    public Latency50() {
        super(0.5);
    }
}
