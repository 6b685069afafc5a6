package veche.web;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import veche.room.Message;
import veche.room.RefusedException;
import veche.room.Rooms;
import veche.room.privacy.AuthorData;

/**
 * Exports the messages of one author in all rooms: {@code GET /admin/api/export?author=<id>}, a JSON object a line
 * ({@code application/x-ndjson}). For the highest role of {@code veche.moderator-roles} only; others receive 401 or
 * 403. Thread-safe; one page of the log is in memory.
 */
@WebServlet("/admin/api/export")
public class ExportServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final int READ_SECONDS = 60;

    @Inject
    private transient AdminAccess access;

    @Inject
    private transient Rooms rooms;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Cache-Control", "no-store");
        AdminAccess.Decision decision = access.decide(request);
        AdminAccess.Caller caller = decision.caller();
        String author = request.getParameter("author");
        if (caller == null) {
            response.setHeader("WWW-Authenticate", "Bearer realm=\"veche\"");
            refuse(response, decision.status(), decision.reason());
        } else if (author == null || author.isBlank()) {
            refuse(response, HttpServletResponse.SC_BAD_REQUEST, "The parameter author is missing");
        } else {
            export(response, caller, author);
        }
    }

    private static void refuse(HttpServletResponse response, int status, String reason) throws IOException {
        response.setStatus(status);
        response.setContentType("text/plain;charset=utf-8");
        response.getOutputStream().write((reason + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private void export(HttpServletResponse response, AdminAccess.Caller caller, String author) throws IOException {
        AuthorData.Pages pages;
        try {
            pages = await(new AuthorData(rooms).export(caller.user(), author));
        } catch (RefusedException refusal) {
            refuse(response, HttpServletResponse.SC_FORBIDDEN, String.valueOf(refusal.getMessage()));
            return;
        }
        response.setContentType("application/x-ndjson");
        OutputStream out = response.getOutputStream();
        for (Optional<List<Message>> page = await(pages.next()); page.isPresent(); page = await(pages.next())) {
            for (Message message : page.get()) {
                out.write((json(message) + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    /** Blocks the request's thread; a failure aborts the response, so that an export is never silently incomplete. */
    private static <T> T await(CompletionStage<T> stage) throws IOException {
        try {
            return stage.toCompletableFuture().get(READ_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("The log could not be read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The export was interrupted", e);
        }
    }

    private static String json(Message message) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("id", message.id().toString())
                .add("room", message.room().value())
                .add("position", message.position().number())
                .add("at", message.at().toString())
                .add("author", message.author().id())
                .add("authorName", message.author().name())
                .add("kind", message.kind().wireName());
        addIfAny(json, "text", message.text());
        addIfAny(json, "name", message.name());
        addIfAny(
                json,
                "target",
                message.target() == null ? null : message.target().toString());
        ByteBuffer data = message.data();
        if (data != null) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            json.add("data", Base64.getEncoder().encodeToString(bytes));
        }
        return json.build().toString();
    }

    private static void addIfAny(JsonObjectBuilder json, String key, @Nullable String value) {
        if (value != null) {
            json.add(key, value);
        }
    }
}
