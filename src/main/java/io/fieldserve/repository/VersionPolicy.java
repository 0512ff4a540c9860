package io.fieldserve.repository;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** Which of a surrogate's versions are served. */
public sealed interface VersionPolicy {

    /** All there are. */
    record All() implements VersionPolicy {}

    /** The newest that can be served: one that is rejected doesn't count, the one before it does. */
    record Latest(int count) implements VersionPolicy {
        public Latest {
            if (count < 1) {
                throw new IllegalArgumentException("latest:%d, expected at least 1".formatted(count));
            }
        }
    }

    /** These and no others. */
    record Fixed(Set<Integer> numbers) implements VersionPolicy {
        public Fixed {
            numbers = Set.copyOf(numbers);
        }
    }

    /**
     * Reads {@code all}, {@code latest}, {@code latest:2} or {@code 1,3}.
     *
     * @throws IllegalArgumentException it is something else
     */
    static VersionPolicy parse(String text) {
        String policy = text.strip();
        if (policy.equals("all")) {
            return new All();
        }
        if (policy.equals("latest")) {
            return new Latest(1);
        }
        if (policy.matches("latest:[1-9][0-9]{0,8}")) {
            return new Latest(Integer.parseInt(policy.substring("latest:".length())));
        }
        if (policy.matches("[1-9][0-9]{0,8}( *, *[1-9][0-9]{0,8})*")) {
            return new Fixed(Arrays.stream(policy.split(",", -1))
                    .map(number -> Integer.valueOf(number.strip()))
                    .collect(Collectors.toSet()));
        }
        throw new IllegalArgumentException(
                "'%s' is no choice of versions, such as all, latest, latest:2 or 1,3".formatted(text));
    }
}
