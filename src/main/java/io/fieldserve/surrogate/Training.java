package io.fieldserve.surrogate;

import java.util.Map;

/**
 * Where the members come from.
 *
 * @param generator of the data, in words
 * @param cases number of cases by split
 * @param network architecture and hyper-parameters
 * @param parametersPerMember trainable numbers
 */
public record Training(
        String generator,
        long seed,
        Map<String, Integer> cases,
        Map<String, Object> network,
        long parametersPerMember,
        int epochs,
        double cpuSecondsPerMember,
        String hardware) {}
