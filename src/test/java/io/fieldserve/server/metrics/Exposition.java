package io.fieldserve.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A scrape in version 0.0.4 of Prometheus' text format. Reading it fails where it strays from the format, where a series or
 * a family comes twice, and where the buckets of a histogram don't add up.
 */
final class Exposition {

    private static final Pattern HELP = Pattern.compile("# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) (.*)");
    private static final Pattern TYPE =
            Pattern.compile("# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram|summary|untyped)");
    private static final Pattern LABEL =
            Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\\n]|\\\\\\\\|\\\\\"|\\\\n)*)\"(?:,|$)");
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)");

    private final Map<String, String> helps = new LinkedHashMap<>();
    private final Map<String, String> types = new LinkedHashMap<>();
    private final Map<Series, Double> samples = new LinkedHashMap<>();
    private String family = "";

    /** One line's name and labels. */
    record Series(String name, Map<String, String> labels) {

        static Series of(String name, String... labels) {
            Map<String, String> named = new TreeMap<>();
            for (int i = 0; i < labels.length; i += 2) {
                named.put(labels[i], labels[i + 1]);
            }
            return new Series(name, named);
        }

        Series without(String label) {
            Map<String, String> rest = new TreeMap<>(labels);
            rest.remove(label);
            return new Series(name, rest);
        }
    }

    static Exposition read(String text) {
        assertThat(text).endsWith("\n");
        Exposition scrape = new Exposition();
        text.lines().forEach(scrape::line);
        scrape.histograms();
        return scrape;
    }

    private void line(String line) {
        Matcher help = HELP.matcher(line);
        Matcher type = TYPE.matcher(line);
        if (help.matches()) {
            family = help.group(1);
            assertThat(helps.put(family, help.group(2))).as("a second %s", line).isNull();
        } else if (type.matches()) {
            assertThat(type.group(1)).as("family of %s", line).isEqualTo(family);
            assertThat(types.put(family, type.group(2))).as("a second %s", line).isNull();
        } else {
            sample(line);
        }
    }

    private void sample(String line) {
        Matcher sample = SAMPLE.matcher(line);
        assertThat(sample.matches()).as("a line of the format: %s", line).isTrue();
        assertThat(types).as("type before %s", line).containsKey(family);
        assertThat(namesOf(family)).as("family of %s", line).contains(sample.group(1));
        Series series = new Series(sample.group(1), labels(sample.group(2)));
        assertThat(samples.put(series, number(sample.group(3))))
                .as("a second %s", line)
                .isNull();
    }

    private Set<String> namesOf(String name) {
        return switch (types.get(name)) {
            case "histogram" -> Set.of(name + "_bucket", name + "_sum", name + "_count");
            // Micrometer gives what is still going on, such as connections, names of its own.
            case "summary" ->
                Set.of(name, name + "_sum", name + "_count", name + "_active_count", name + "_duration_sum");
            default -> Set.of(name);
        };
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new TreeMap<>();
        if (text == null) {
            return labels;
        }
        Matcher label = LABEL.matcher(text);
        int end = 0;
        while (label.find()) {
            assertThat(label.start()).as("between the labels %s", text).isEqualTo(end);
            assertThat(labels.put(label.group(1), label.group(2))).as(text).isNull();
            end = label.end();
        }
        assertThat(end).as("end of the labels %s", text).isEqualTo(text.length());
        return labels;
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    /** Buckets come in ascending order, never fall, and end in one that holds all. */
    private void histograms() {
        Map<Series, List<Double>> bounds = new HashMap<>();
        Map<Series, List<Double>> counts = new HashMap<>();
        samples.forEach((series, value) -> {
            if (series.name().endsWith("_bucket")) {
                Series histogram = series.without("le");
                double bound = number(series.labels().get("le"));
                bounds.computeIfAbsent(histogram, key -> new ArrayList<>()).add(bound);
                counts.computeIfAbsent(histogram, key -> new ArrayList<>()).add(value);
            }
        });
        bounds.forEach((histogram, bound) -> {
            String name = histogram.name().replaceFirst("_bucket$", "_count");
            assertThat(bound).as("%s", histogram).isSorted().endsWith(Double.POSITIVE_INFINITY);
            assertThat(counts.get(histogram))
                    .as("%s", histogram)
                    .isSorted()
                    .endsWith(samples.get(new Series(name, histogram.labels())));
        });
    }

    /** Types by the names of families. */
    Map<String, String> types() {
        return types;
    }

    Map<String, String> helps() {
        return helps;
    }

    Set<Series> series() {
        return samples.keySet();
    }

    /** One sample; labels as names and values in turn. */
    double value(String name, String... labels) {
        Series series = Series.of(name, labels);
        assertThat(samples).as(() -> "labels " + Arrays.toString(labels)).containsKey(series);
        return samples.get(series);
    }

    double value(Series series) {
        return samples.get(series);
    }

    /** The same, or nothing yet for what is counted from its first time on. */
    double valueOrZero(String name, String... labels) {
        return samples.getOrDefault(Series.of(name, labels), 0.0);
    }
}
