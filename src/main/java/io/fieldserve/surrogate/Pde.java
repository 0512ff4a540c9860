package io.fieldserve.surrogate;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The problem whose solution operator was learnt.
 *
 * @param equation in LaTeX
 * @param parameters constants of the equation, such as a viscosity, by symbol
 */
public record Pde(
        String name, String equation, String domain, String boundaryConditions, Map<String, Double> parameters) {

    public Pde {
        // Map.copyOf would lose the order in which the manifest gives them.
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }
}
