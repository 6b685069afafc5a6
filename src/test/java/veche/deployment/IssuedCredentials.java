package veche.deployment;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A credential file that the command of src/docs/credentials.md has created from the exploded WAR, once per process.
 */
final class IssuedCredentials {
    static final String TICKET = "jZ0cV9rXn1Qm4sTtU7yB";
    static final String SECRET = "correct horse battery";
    /** Of RFC 8032 §7.1, test 1. */
    static final String SEED = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";

    private static final String PUBLIC_KEY = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
    private static final Path FILE =
            Path.of("target", "issued-credentials.json").toAbsolutePath();

    static {
        create();
    }

    private IssuedCredentials() {}

    /** {@code backend} with a ticket, a WAMP-CRA secret and a key; {@code ann} and {@code bob} with a password. */
    static Path file() {
        return FILE;
    }

    private static void create() {
        try {
            Files.deleteIfExists(FILE);
            set(TICKET, "backend", "ticket", "--name=Back end", "--roles=backend");
            set(SECRET, "backend", "wampcra");
            set(PUBLIC_KEY, "backend", "cryptosign");
            set(SECRET, "ann", "wamp-scram");
            set(SECRET, "bob", "wamp-scram-pbkdf2");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void set(String secret, String... authidMethodAndOptions) throws IOException, InterruptedException {
        String web = Path.of("target", "veche", "WEB-INF").toString();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                String.join(File.pathSeparator, web + "/classes", web + "/lib/*", web + "/tomcat-lib/*"),
                "veche.dialect.wamp.credential.CredentialCommand",
                "set",
                FILE.toString()));
        command.addAll(List.of(authidMethodAndOptions));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (Writer input = process.outputWriter()) {
            input.write(secret + "\n");
        }
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0 || !printed.isEmpty()) {
            throw new IllegalStateException(printed);
        }
    }
}
