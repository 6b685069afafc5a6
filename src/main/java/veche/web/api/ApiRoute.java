package veche.web.api;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An operation with the requests that it answers.
 *
 * @param name of the operation, in metrics and the id in the OpenAPI document
 * @param template the path below {@code /api/v1}; a segment in braces is a variable
 */
record ApiRoute(String name, String method, String template, ApiOperation operation) {
    /** The variables of a path; empty if it is another one. */
    Optional<Map<String, String>> match(String path) {
        String[] expected = template.split("/", -1);
        String[] segments = path.split("/", -1);
        if (expected.length != segments.length) {
            return Optional.empty();
        }
        Map<String, String> variables = new LinkedHashMap<>();
        for (int i = 0; i < expected.length; i++) {
            if (expected[i].startsWith("{") && !segments[i].isEmpty()) {
                variables.put(expected[i].substring(1, expected[i].length() - 1), segments[i]);
            } else if (!expected[i].equals(segments[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(variables);
    }
}
