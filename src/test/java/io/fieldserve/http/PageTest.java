package io.fieldserve.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldserve.wire.ServiceTest;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page at / and all it loads come from the service. */
@QuarkusTest
class PageTest extends ServiceTest {

    private static final Pattern LOADED =
            Pattern.compile("(?:src|href|from)\\s*=?\\s*[\"']([^\"'#]+\\.(?:js|css|svg))[\"']");
    private static final Pattern ELSEWHERE = Pattern.compile("(?:src|href|from|url)\\s*[=(]?\\s*[\"']?(?:https?:)?//");

    @Test
    void loadsNothingFromElsewhere() {
        // Given
        Set<String> seen = new TreeSet<>();

        // When
        follow("/", seen);

        // Then
        assertThat(seen).contains("/page/page.js", "/page/page.css");
        assertThat(get("/webjars/plotly.js-dist/plotly.js", "*/*").statusCode()).isEqualTo(200);
        assertThat(get("/webjars/katex/dist/katex.min.js", "*/*").statusCode()).isEqualTo(200);
    }

    private static void follow(String path, Set<String> seen) {
        if (!seen.add(path)) {
            return;
        }
        HttpResponse<byte[]> response = get(path, "*/*");
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        if (path.startsWith("/webjars/")) {
            return;
        }
        String text = new String(response.body(), StandardCharsets.UTF_8);
        assertThat(ELSEWHERE.matcher(text).results().map(MatchResult::group))
                .as(path)
                .isEmpty();
        LOADED.matcher(text).results().forEach(found -> follow(resolve(path, found.group(1)), seen));
    }

    private static String resolve(String from, String link) {
        return java.net.URI.create(from).resolve(link).toString();
    }
}
