package veche.web.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The operations of the HTTP API. Immutable. */
final class ApiRoutes {
    private final List<ApiRoute> all;

    ApiRoutes(List<ApiRoute> all) {
        this.all = List.copyOf(all);
    }

    /** An operation with the variables of its path. */
    record Match(ApiRoute route, Map<String, String> variables) {}

    List<ApiRoute> all() {
        return all;
    }

    /** @throws ProblemException 404 if no operation has the path, 405 if none of these has the method */
    Match find(String method, String path) {
        List<Match> matches = all.stream()
                .flatMap(route -> route.match(path).map(variables -> new Match(route, variables)).stream())
                .toList();
        Optional<Match> match = matches.stream()
                .filter(candidate -> candidate.route().method().equals(method))
                .findFirst();
        if (match.isPresent()) {
            return match.get();
        }
        if (matches.isEmpty()) {
            throw new ProblemException(ProblemType.NOT_FOUND, "The API has no such resource");
        }
        String allowed =
                matches.stream().map(found -> found.route().method()).distinct().collect(Collectors.joining(", "));
        throw new ProblemException(
                ProblemType.METHOD_NOT_ALLOWED,
                "This resource supports " + allowed,
                Map.of(),
                Map.of("Allow", allowed));
    }
}
