package io.fieldserve.source;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.NonRetryableException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The objects below a prefix of a bucket, {@code <prefix>/<surrogate>/<version>/<file>}, in any storage that speaks S3. Objects
 * that were there before, by ETag and size, are not fetched again. Credentials come from where the SDK looks for them:
 * environment, profile, or the machine.
 */
public final class S3Prefix implements Source {

    private static final String LISTING = ".objects";

    private final String bucket;
    private final String prefix;
    private final Optional<URI> endpoint;
    private final Optional<String> region;
    private final TransferLimits limits;

    /**
     * Asks nothing yet.
     *
     * @param uri {@code s3://<bucket>/<prefix>}
     * @param endpoint of storage that isn't Amazon's; the bucket is part of the path there, not of the host name
     * @param region where the environment doesn't say
     * @throws IllegalArgumentException there is no bucket in the address
     */
    public S3Prefix(URI uri, Optional<URI> endpoint, Optional<String> region, TransferLimits limits) {
        if (uri.getAuthority() == null) {
            throw new IllegalArgumentException("expected s3://<bucket>/<prefix>");
        }
        String path = uri.getPath().replaceAll("^/+|/+$", "");
        this.bucket = uri.getAuthority();
        this.prefix = path.isEmpty() ? "" : path + "/";
        this.endpoint = endpoint;
        this.region = region;
        this.limits = limits;
    }

    /** An object as it was listed. */
    private record Listed(String key, String name, String etag, long size) {
        static Listed of(S3Object object, String prefix) {
            return new Listed(object.key(), object.key().substring(prefix.length()), object.eTag(), object.size());
        }

        /** Whether it is {@code <surrogate>/<version>/<file>}, and neither a marker of a folder nor hidden. */
        boolean isOfAVersion() {
            String[] steps = name.split("/", -1);
            return steps.length >= 3 && Arrays.stream(steps).noneMatch(step -> step.isEmpty() || step.startsWith("."));
        }

        String line() {
            return "%s\t%s\t%d".formatted(name, etag, size);
        }
    }

    @Override
    public Optional<Offer> look(Optional<String> revision) throws IOException {
        try (S3Client client = client()) {
            List<Listed> objects = list(client);
            String listing =
                    String.join("\n", objects.stream().map(Listed::line).toList());
            String now = Sha256.of(listing.getBytes(StandardCharsets.UTF_8));
            return revision.equals(Optional.of(now))
                    ? Optional.empty()
                    : Optional.of(new Offer(now, staging -> fetch(objects, listing, staging)));
        } catch (SdkException e) {
            throw failure(e);
        }
    }

    private List<Listed> list(S3Client client) throws IOException {
        List<Listed> objects = new ArrayList<>();
        for (S3Object object : client.listObjectsV2Paginator(
                        request -> request.bucket(bucket).prefix(prefix))
                .contents()) {
            Listed listed = Listed.of(object, prefix);
            if (listed.isOfAVersion()) {
                objects.add(listed);
            }
            if (objects.size() > Tree.MOST_ENTRIES) {
                throw new IOException("there are more than %d objects".formatted(Tree.MOST_ENTRIES));
            }
        }
        if (objects.isEmpty()) {
            throw new IOException("there is no object <surrogate>/<version>/<file>");
        }
        return objects;
    }

    private void fetch(List<Listed> objects, String listing, Staging staging) throws IOException {
        Path known = staging.previous().resolve(LISTING);
        Set<String> before = Files.exists(known) ? Set.copyOf(Files.readAllLines(known)) : Set.of();
        Tree tree = new Tree(staging.tree(), limits.bytes());
        try (S3Client client = client()) {
            for (Listed object : objects) {
                if (before.contains(object.line())) {
                    tree.count(object.size());
                    keep(staging.previous().resolve(object.name()), tree.place(object.name()));
                } else {
                    fetch(client, object, tree);
                }
            }
        } catch (SdkException e) {
            throw failure(e);
        }
        Files.writeString(staging.tree().resolve(LISTING), listing);
    }

    private void fetch(S3Client client, Listed object, Tree tree) throws IOException {
        tree.count(object.size());
        Path file = tree.place(object.name());
        // What has been written over since it was listed is refused, and listed anew the next time.
        client.getObject(
                request -> request.bucket(bucket).key(object.key()).ifMatch(object.etag()), (response, content) -> {
                    requireSize(object, response.contentLength());
                    return ResponseTransformer.<GetObjectResponse>toFile(file).transform(response, content);
                });
        requireSize(object, Files.size(file));
        Tree.flush(file);
    }

    private static void requireSize(Listed object, long actual) {
        if (actual != object.size()) {
            throw NonRetryableException.create(
                    "'%s' came with %d bytes, expected %d".formatted(object.name(), actual, object.size()));
        }
    }

    /** Two names of one file, or a copy where the file system knows no such thing, which Linux says as "not permitted". */
    private static void keep(Path before, Path file) throws IOException {
        try {
            Files.createLink(file, before);
        } catch (UnsupportedOperationException | FileSystemException e) {
            Files.copy(before, file, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    private S3Client client() {
        S3ClientBuilder builder = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(limits.connect())
                        .socketTimeout(limits.stall()))
                .overrideConfiguration(configuration -> configuration.apiCallTimeout(limits.file()));
        endpoint.ifPresent(address -> builder.endpointOverride(address).forcePathStyle(true));
        // Storage elsewhere has no regions, but signatures do.
        region.or(() -> endpoint.map(_ -> Region.US_EAST_1.id()))
                .map(Region::of)
                .ifPresent(builder::region);
        return builder.build();
    }

    private static IOException failure(SdkException exception) {
        return exception instanceof AwsServiceException answer
                ? new RefusedException(
                        "the answer was %d %s"
                                .formatted(
                                        answer.statusCode(),
                                        answer.awsErrorDetails().errorCode()),
                        exception)
                : new IOException(exception.getMessage(), exception);
    }

    @Override
    public String toString() {
        return "s3://" + bucket + "/" + prefix;
    }
}
