package io.fieldserve.prediction;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the service knows of how far an answer can be trusted.
 *
 * @param cases one entry a case of the batch
 */
public record Trust(List<CaseTrust> cases) {

    public Trust {
        cases = List.copyOf(cases);
    }

    /** Whether nothing speaks against any case. */
    public boolean trusted() {
        return cases.stream().allMatch(CaseTrust::trusted);
    }

    /**
     * One case.
     *
     * @param trusted whether {@code reasons} is empty
     * @param reasons against trusting the answer, each a sentence
     * @param spread how much the members disagree, by output field
     */
    public record CaseTrust(boolean trusted, List<String> reasons, Map<String, Spread> spread) {
        public CaseTrust {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * Disagreement of the members on one field.
     *
     * @param score ||std|| / ||mean|| over the grid; none for a single member or where it is not finite
     * @param pValue conformal p-value of the score, where this grid was calibrated: small means unlike the training
     *     distribution
     */
    public record Spread(Optional<Double> score, Optional<Double> pValue) {}
}
