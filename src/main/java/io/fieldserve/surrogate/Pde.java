package io.fieldserve.surrogate;

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
        parameters = Map.copyOf(parameters);
    }
}
