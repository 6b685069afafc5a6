package veche.permission;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import veche.dialect.wamp.router.UriAction;
import veche.room.RoomStateStore.RuleRow;
import veche.room.access.Privilege;

/**
 * Parses rules, one a line or a row: a subject, a room pattern or {@code uri:} with a URI pattern, and
 * {@linkplain RuleTerms terms}, in a line separated by white space. {@code #} begins a comment of a line.
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

    /** @throws IllegalArgumentException if a rule is invalid, which the message names */
    static Rules of(Collection<RuleRow> rows) {
        RuleParser parser = new RuleParser();
        for (RuleRow row : rows) {
            try {
                parser.add(row.subject(), row.name(), words(row.terms()));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "the rule of '" + row.subject() + "' for '" + row.name() + "': " + e.getMessage(), e);
            }
        }
        return new Rules(parser.rooms, parser.uris);
    }

    private static List<String> words(String text) {
        return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
    }

    private void add(String line) {
        if (line.isEmpty()) {
            return;
        }
        List<String> parts = words(line);
        if (parts.size() < 3) {
            throw new IllegalArgumentException("expected a subject, a room or uri:URI, and permissions");
        }
        add(parts.get(0), parts.get(1), parts.subList(2, parts.size()));
    }

    private void add(String subject, String name, List<String> terms) {
        if (name.startsWith(URI)) {
            NamePattern pattern = NamePattern.of(name.substring(URI.length()));
            uris.add(RuleTerms.rule(subject, pattern, terms, UriAction.class, RuleParser::actions));
        } else {
            NamePattern pattern = NamePattern.of(name);
            if (!pattern.fixed().matches("[a-z0-9_-]*")) {
                throw new IllegalArgumentException("'" + name + "' is not the name of a room");
            }
            rooms.add(RuleTerms.rule(subject, pattern, terms, Privilege.class, Privilege::named));
        }
    }

    private static Set<UriAction> actions(String name) {
        return name.equals(ALL) ? EnumSet.allOf(UriAction.class) : Set.of(UriAction.of(name));
    }
}
