/**
 * Surrogates from elsewhere: archives over HTTP, artifacts in registries, S3-compatible storage, each brought into a local
 * folder of {@code <surrogate>/<version>/}.
 *
 * <p>What such a folder holds came whole, in the size that was allowed, and with the digests that were asked for; what fails
 * leaves the one before. What a version is worth is for others to find out.
 *
 * <p>Imports none of the service's other packages.
 */
package io.fieldserve.source;
