/**
 * The manifest and what it describes: fields, axes, calibration, rollout rule, model card.
 *
 * <p>What stands here is valid: a manifest that contradicts itself does not become an object. Nothing here knows a PDE.
 *
 * <p>Imports {@code tensor}, and Jackson to read the manifest.
 */
package io.fieldserve.surrogate;
