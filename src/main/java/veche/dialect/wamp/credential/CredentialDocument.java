package veche.dialect.wamp.credential;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;

/** The credential file as a document that is edited. A server that reads the file sees either version of it. */
final class CredentialDocument {
    private static final int DECOY_KEY = 32;

    private final Path path;
    private JsonObject file;

    /** Reads the file, or begins a new one if it does not exist. */
    CredentialDocument(Path path, SecretWriter secrets) throws IOException {
        this.path = path.toAbsolutePath();
        if (Files.exists(path)) {
            String text = Files.readString(path);
            CredentialReader.read(text);
            file = Members.parse(text).object();
        } else {
            file = Json.createObjectBuilder()
                    .add(CredentialReader.DECOY_KEY, secrets.random(DECOY_KEY))
                    .add(CredentialReader.PRINCIPALS, JsonValue.EMPTY_JSON_OBJECT)
                    .build();
        }
    }

    private JsonObject principals() {
        return file.getJsonObject(CredentialReader.PRINCIPALS);
    }

    /** The members of a principal; empty if there is none. */
    JsonObject principal(String authid) {
        JsonObject found = principals().getJsonObject(authid);
        return found == null ? JsonValue.EMPTY_JSON_OBJECT : found;
    }

    void put(String authid, JsonObject principal) {
        replace(Json.createObjectBuilder(principals()).add(authid, principal).build());
    }

    void remove(String authid) {
        replace(Json.createObjectBuilder(principals()).remove(authid).build());
    }

    private void replace(JsonObject principals) {
        file = Json.createObjectBuilder(file)
                .add(CredentialReader.PRINCIPALS, principals)
                .build();
    }

    /** @throws IllegalArgumentException if the document would not be accepted by the server; the file is unchanged */
    void save() throws IOException {
        StringWriter text = new StringWriter();
        Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true))
                .createWriter(text)
                .writeObject(file);
        CredentialReader.read(text.toString());
        Path next = Files.createTempFile(Objects.requireNonNull(path.getParent()), "credentials", ".tmp");
        try {
            Files.writeString(next, text.append('\n').toString());
            keepAccess(next);
            Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(next);
        }
    }

    /** The server's user must still be able to read a file that another user edits; a new one is its owner's alone. */
    private void keepAccess(Path next) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(next, PosixFileAttributeView.class);
        if (view == null) {
            return;
        }
        if (!Files.exists(path)) {
            view.setPermissions(PosixFilePermissions.fromString("rw-------"));
            return;
        }
        PosixFileAttributes before = Files.readAttributes(path, PosixFileAttributes.class);
        if (!before.owner().equals(view.readAttributes().owner())) {
            view.setOwner(before.owner());
        }
        if (!before.group().equals(view.readAttributes().group())) {
            view.setGroup(before.group());
        }
        view.setPermissions(before.permissions());
    }
}
