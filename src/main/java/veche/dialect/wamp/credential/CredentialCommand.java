package veche.dialect.wamp.credential;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import veche.dialect.wamp.auth.KeyDerivation;
import veche.dialect.wamp.auth.TicketLogin;
import veche.dialect.wamp.auth.TicketOrToken;

/**
 * Creates and removes the entries of a credential file:
 *
 * <pre>
 * set FILE AUTHID METHOD [--name=NAME] [--roles=ROLE,…] [--rooms=ROOM,…]
 * remove FILE AUTHID [METHOD]
 * </pre>
 *
 * METHOD is {@code ticket}, {@code wampcra}, {@code wamp-scram} (Argon2id), {@code wamp-scram-pbkdf2} or
 * {@code cryptosign}. The secret, or the public key in hex, is read from the console or from one line of the standard
 * input: arguments are visible to other users.
 */
public final class CredentialCommand {
    static final int MIN_PASSWORD = 8;
    /** Tickets are stored without salt and iterations. */
    static final int MIN_TICKET = 20;

    private static final String PBKDF2 = "wamp-scram-pbkdf2";
    private static final List<String> METHODS =
            List.of("ticket", "wampcra", "wamp-scram", PBKDF2, Principals.CRYPTOSIGN);
    private static final List<String> OPTIONS = List.of("name", "roles", "rooms");
    private static final String USAGE = """
            set FILE AUTHID METHOD [--name=NAME] [--roles=ROLE,...] [--rooms=ROOM,...]
            remove FILE AUTHID [METHOD]
            METHOD: ticket, wampcra, wamp-scram, wamp-scram-pbkdf2 or cryptosign.
            The secret, or the public key of cryptosign in hex, is read from the console or the standard input.\
            """;

    /** Reads a secret. */
    interface SecretInput {
        String read(String prompt) throws IOException;
    }

    private final SecretInput input;
    private final PrintStream messages;
    private final SecretWriter secrets;

    CredentialCommand(SecretInput input, PrintStream messages, SecretWriter secrets) {
        this.secrets = secrets;
        this.input = input;
        this.messages = messages;
    }

    /** Exits with status 0, or with 2 and a message if the arguments or the secret are not acceptable. */
    public static void main(String[] arguments) {
        System.setProperty("slf4j.internal.verbosity", "ERROR"); // the library of Argon2id logs nothing of interest
        System.exit(new CredentialCommand(CredentialCommand::read, System.err, new SecretWriter()).run(arguments));
    }

    @SuppressWarnings("SystemConsoleNull") // from Java 22 on, the console reads a redirected input too
    private static String read(String prompt) throws IOException {
        Console console = System.console();
        if (console != null) {
            return new String(console.readPassword("%s: ", prompt));
        }
        String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        return line == null ? "" : line;
    }

    /** Returns the exit status. */
    int run(String... arguments) {
        try {
            List<String> words = new ArrayList<>();
            Map<String, String> options = new HashMap<>();
            Arrays.stream(arguments).forEach(argument -> sort(argument, words, options));
            perform(words, options);
            return 0;
        } catch (IllegalArgumentException | IOException e) {
            messages.println(e instanceof IOException ? e.toString() : e.getMessage());
            return 2;
        }
    }

    private static void sort(String argument, List<String> words, Map<String, String> options) {
        if (!argument.startsWith("--")) {
            words.add(argument);
            return;
        }
        String[] option = argument.substring(2).split("=", 2);
        Members.require(option.length == 2 && OPTIONS.contains(option[0]), USAGE);
        options.put(option[0], option[1]);
    }

    private void perform(List<String> words, Map<String, String> options) throws IOException {
        boolean set = words.size() == 4 && words.get(0).equals("set");
        boolean remove =
                (words.size() == 3 || words.size() == 4) && words.get(0).equals("remove") && options.isEmpty();
        Members.require(set || remove, USAGE);
        Members.require(words.size() == 3 || METHODS.contains(words.get(3)), USAGE);
        CredentialDocument document = new CredentialDocument(Path.of(words.get(1)), secrets);
        String authid = words.get(2);
        if (set) {
            document.put(authid, changed(document.principal(authid), words.get(3), options));
        } else {
            remove(document, authid, words.subList(3, words.size()));
        }
        document.save();
    }

    private static void remove(CredentialDocument document, String authid, List<String> methods) {
        JsonObject principal = document.principal(authid);
        Members.require(!principal.isEmpty(), "The file has no principal " + authid);
        if (methods.isEmpty()) {
            document.remove(authid);
        } else {
            document.put(
                    authid,
                    Json.createObjectBuilder(principal)
                            .remove(member(methods.get(0)))
                            .build());
        }
    }

    private static String member(String method) {
        return method.equals(PBKDF2) ? "wamp-scram" : method;
    }

    private JsonObject changed(JsonObject principal, String method, Map<String, String> options) throws IOException {
        JsonObjectBuilder changed = Json.createObjectBuilder(principal);
        options.forEach(
                (name, value) -> changed.add(name, name.equals("name") ? Json.createValue(value) : list(value)));
        return changed.add(member(method), secret(principal, method)).build();
    }

    private static JsonArray list(String values) {
        JsonArrayBuilder list = Json.createArrayBuilder();
        Arrays.stream(values.split(","))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .forEach(list::add);
        return list.build();
    }

    private JsonValue secret(JsonObject principal, String method) throws IOException {
        String entered = input.read(method.equals(Principals.CRYPTOSIGN) ? "Public key" : "Secret");
        return switch (method) {
            case "ticket" -> added(principal, method, ticket(entered));
            case "wampcra" -> secrets.cra(password(entered));
            case "wamp-scram" -> secrets.scram(password(entered), KeyDerivation.Function.ARGON2ID);
            case PBKDF2 -> secrets.scram(password(entered), KeyDerivation.Function.PBKDF2);
            default -> added(principal, method, entered.strip().toLowerCase(Locale.ROOT));
        };
    }

    private static String ticket(String entered) {
        Members.require(
                entered.length() >= MIN_TICKET,
                "A ticket must be random and have at least " + MIN_TICKET + " characters");
        Members.require(!TicketOrToken.isToken(entered), "A ticket must not have the form of a JSON Web Token");
        return TicketLogin.digest(entered);
    }

    private static String password(String entered) {
        Members.require(
                entered.length() >= MIN_PASSWORD, "A secret must have at least " + MIN_PASSWORD + " characters");
        return entered;
    }

    /** Several tickets and keys are valid at the same time, so that they can be exchanged without an interruption. */
    private static JsonArray added(JsonObject principal, String member, String value) {
        JsonArray present = principal.getJsonArray(member);
        JsonArrayBuilder list = present == null ? Json.createArrayBuilder() : Json.createArrayBuilder(present);
        return present != null && present.contains(Json.createValue(value))
                ? present
                : list.add(value).build();
    }
}
