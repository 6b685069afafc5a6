package veche.permission;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import veche.dialect.wamp.router.UriAction;
import veche.room.access.Privilege;

/**
 * Parses rules, one a line: a subject, a room pattern or {@code uri:} with a URI pattern, and {@linkplain RuleTerms terms},
 * separated by white space. {@code #} begins a comment.
 */
final class RuleParser {
    private static final String URI = "uri:";
    private static final String ALL = "all";

    private final List<Rule<Privilege>> rooms = new ArrayList<>();
    private final List<Rule<UriAction>> uris = new ArrayList<>();

    private RuleParser() {}

    /** @throws IllegalArgumentException if a rule is invalid, which the message names by line, or there is none */
    static Rules parse(List<String> lines) {
        RuleParser parser = new RuleParser();
        for (int i = 0; i < lines.size(); i++) {
            try {
                parser.add(lines.get(i).replaceFirst("#.*", "").strip());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("line " + (i + 1) + ": " + e.getMessage(), e);
            }
        }
        if (parser.rooms.isEmpty() && parser.uris.isEmpty()) {
            // Such as a file that another process has begun to write.
            throw new IllegalArgumentException("there are no rules");
        }
        return new Rules(parser.rooms, parser.uris);
    }

    private void add(String line) {
        if (line.isEmpty()) {
            return;
        }
        String[] parts = line.split("\\s+");
        if (parts.length < 3) {
            throw new IllegalArgumentException("expected a subject, a room or uri:URI, and permissions");
        }
        List<String> terms = List.of(parts).subList(2, parts.length);
        if (parts[1].startsWith(URI)) {
            NamePattern pattern = NamePattern.of(parts[1].substring(URI.length()));
            uris.add(RuleTerms.rule(parts[0], pattern, terms, UriAction.class, RuleParser::actions));
        } else {
            NamePattern pattern = NamePattern.of(parts[1]);
            if (!pattern.fixed().matches("[a-z0-9_-]*")) {
                throw new IllegalArgumentException("'" + parts[1] + "' is not the name of a room");
            }
            rooms.add(RuleTerms.rule(parts[0], pattern, terms, Privilege.class, Privilege::named));
        }
    }

    private static Set<UriAction> actions(String name) {
        return name.equals(ALL) ? EnumSet.allOf(UriAction.class) : Set.of(UriAction.of(name));
    }
}
