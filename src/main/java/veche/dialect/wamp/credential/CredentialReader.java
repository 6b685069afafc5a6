package veche.dialect.wamp.credential;

import jakarta.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import veche.dialect.wamp.auth.Credential;
import veche.identity.DisplayNames;
import veche.room.RefusedException;
import veche.room.RoomName;

/**
 * Reads the credential file. Unknown members are errors: a misspelled {@code rooms} must not admit to all rooms. The
 * format is described in {@code src/docs/credentials.md}.
 */
final class CredentialReader {
    static final String DECOY_KEY = "decoyKey";
    static final String PRINCIPALS = "principals";

    private static final Set<String> MEMBERS =
            Set.of("name", "roles", "rooms", "ticket", "wampcra", "wamp-scram", Principals.CRYPTOSIGN);
    private static final int MAX_AUTHID = 255;

    private CredentialReader() {}

    /** @throws IllegalArgumentException if the text is not a credential file; the message names the place */
    static Principals read(String text) {
        Members file = Members.parse(text);
        file.allow(Set.of(DECOY_KEY, PRINCIPALS));
        Members entries = file.members(PRINCIPALS);
        List<Principal> principals = new ArrayList<>();
        entries.object().keySet().forEach(authid -> principals.add(named(authid, entries)));
        return new Principals(principals, file.octets(DECOY_KEY, 16, 64));
    }

    /** @throws IllegalArgumentException if the text is not the entry of a principal */
    static Principal entry(String authid, String text) {
        return named(
                authid,
                new Members(Json.createObjectBuilder()
                        .add(authid, Members.parse(text).object())
                        .build()));
    }

    private static Principal named(String authid, Members entries) {
        try {
            Members.require(
                    !authid.isBlank()
                            && authid.length() <= MAX_AUTHID
                            && authid.codePoints().noneMatch(Character::isISOControl),
                    "An authid has 1 to " + MAX_AUTHID + " characters and no control characters");
            return principal(authid, entries.members(authid));
        } catch (IllegalArgumentException | RefusedException e) {
            throw new IllegalArgumentException(PRINCIPALS + "/" + authid + ": " + e.getMessage(), e);
        }
    }

    static Principal principal(String authid, Members members) {
        members.allow(MEMBERS);
        return new Principal(
                authid,
                name(authid, members),
                members.strings("roles").orElse(List.of()),
                members.strings("rooms")
                        .map(names -> names.stream().map(RoomName::new).collect(Collectors.toUnmodifiableSet())),
                secrets(members));
    }

    private static String name(String authid, Members members) {
        if (!members.has("name")) {
            return DisplayNames.cleaned(authid).orElse("User");
        }
        String name = members.string("name");
        Members.require(DisplayNames.visible(name), "name must have 1 to 32 visible characters");
        return name;
    }

    private static Map<String, Credential.Secret> secrets(Members members) {
        Map<String, Credential.Secret> secrets = new HashMap<>();
        members.strings("ticket").ifPresent(digests -> secrets.put("ticket", SecretReader.tickets(digests)));
        members.strings(Principals.CRYPTOSIGN)
                .ifPresent(keys -> secrets.put(Principals.CRYPTOSIGN, SecretReader.keys(keys)));
        if (members.has("wampcra")) {
            secrets.put("wampcra", SecretReader.cra(members.members("wampcra")));
        }
        if (members.has("wamp-scram")) {
            secrets.put("wamp-scram", SecretReader.scram(members.members("wamp-scram")));
        }
        return secrets;
    }
}
