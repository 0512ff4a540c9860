package io.fieldserve.surrogate;

/**
 * What a run must give.
 *
 * @param members how many members take part, the first ones in the manifest's order
 * @param eachMember whether every member's own solution is wanted, beside the moments
 */
public record EnsembleQuery(int members, boolean eachMember) {}
