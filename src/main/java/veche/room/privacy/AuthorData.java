package veche.room.privacy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import veche.room.Audience;
import veche.room.Author;
import veche.room.Draft;
import veche.room.Kind;
import veche.room.Message;
import veche.room.MessageLog;
import veche.room.ModerationAction;
import veche.room.ModerationOrder;
import veche.room.RefusedException;
import veche.room.RoomName;
import veche.room.RoomSession;
import veche.room.Rooms;
import veche.room.User;
import veche.room.access.Privilege;

/**
 * The messages of single authors in all rooms, and what legal holds keep of them. Thread-safe and non-blocking; one
 * page of the log is in memory.
 */
public final class AuthorData {
    /** Maximum number of copies in one answer, which may each contain a file. */
    public static final int MAX_HELD = 16;

    private static final int PAGE = 500;

    private final Rooms rooms;

    public AuthorData(Rooms rooms) {
        this.rooms = rooms;
    }

    /**
     * The messages of an author, page by page: by room, and ascending in each. Call {@link #next} again only after its
     * stage has completed.
     */
    public final class Pages {
        private final String author;
        private final Iterator<RoomName> names;
        private long position;
        private RoomName room;

        private Pages(String author, Set<RoomName> names) {
            this.author = author;
            this.names = names.iterator();
            this.room = RoomName.LOBBY;
            this.position = Long.MAX_VALUE;
        }

        /** The author's messages on the next page of the log, possibly none; empty after the last page. */
        public CompletionStage<Optional<List<Message>>> next() {
            if (position == Long.MAX_VALUE) {
                if (!names.hasNext()) {
                    return CompletableFuture.completedFuture(Optional.empty());
                }
                room = names.next();
                position = 0;
            }
            return rooms.after(room, position, PAGE).thenApply(page -> {
                position = page.isEmpty()
                        ? Long.MAX_VALUE
                        : page.get(page.size() - 1).position().number();
                return Optional.of(page.stream()
                        .filter(message -> message.author().id().equals(author))
                        .toList());
            });
        }
    }

    /**
     * Begins the export of an author's messages.
     *
     * @throws RefusedException ({@link RefusedException.Reason#NOT_ALLOWED}) if the user lacks {@link Privilege#ERASE}
     *     or is limited to rooms
     */
    public CompletionStage<Pages> export(User administrator, String author) {
        checkAdministrator(administrator);
        return rooms.names().thenApply(names -> new Pages(author, names));
    }

    private void checkAdministrator(User user) {
        if (user.confined() || !rooms.moderation().permissions().of(user).contains(Privilege.ERASE)) {
            throw new RefusedException(RefusedException.Reason.NOT_ALLOWED, "Only administrators may do this");
        }
    }

    /**
     * As {@link MessageLog#held}, up to {@link #MAX_HELD} copies.
     *
     * @throws RefusedException as {@link #export}
     */
    public CompletionStage<List<MessageLog.Held>> held(
            User administrator, String author, String room, long after, int limit) {
        checkAdministrator(administrator);
        return rooms.held(author, room, after, Math.max(1, Math.min(limit, MAX_HELD)));
    }

    /**
     * Erases an author's messages: deletes them, so that clients remove their contents, then replaces them in the log
     * by {@linkplain Message#erased() erased} ones at the same positions. Names in the messages of other authors
     * remain. The audit log records the erasure before it begins; it can be repeated if it fails.
     *
     * @return the number of erased messages; the stage fails with {@link RefusedException.Reason#NOT_ALLOWED} if the
     *     user lacks {@link Privilege#ERASE} or is limited to rooms
     */
    public CompletionStage<Long> erase(RoomSession administrator, String author, String reason) {
        ModerationOrder order = ModerationOrder.author(ModerationAction.Type.ERASE, author, null, null, reason);
        return administrator
                .rule(order)
                .thenCompose(recorded -> rooms.names())
                .thenCompose(names -> new Erasure(administrator.user().author(), author).all(names.iterator(), 0))
                .thenCompose(count -> rooms.forget(author).thenApply(done -> count));
    }

    private final class Erasure {
        private final Author administrator;
        private final String author;

        Erasure(Author administrator, String author) {
            this.administrator = administrator;
            this.author = author;
        }

        CompletionStage<Long> all(Iterator<RoomName> names, long count) {
            if (!names.hasNext()) {
                return CompletableFuture.completedFuture(count);
            }
            RoomName room = names.next();
            return delete(room, 0, 0)
                    .thenCompose(found -> found == 0
                            ? CompletableFuture.completedFuture(found)
                            : rooms.erase(room, author).thenApply(done -> found))
                    .thenCompose(found -> all(names, count + found));
        }

        private CompletionStage<Long> delete(RoomName room, long position, long count) {
            return rooms.after(room, position, PAGE).thenCompose(page -> {
                if (page.isEmpty()) {
                    return CompletableFuture.completedFuture(count);
                }
                List<Message> own = page.stream()
                        .filter(message -> message.author().id().equals(author))
                        .toList();
                long last = page.get(page.size() - 1).position().number();
                return delete(room, own).thenCompose(done -> delete(room, last, count + own.size()));
            });
        }

        private CompletionStage<Void> delete(RoomName room, List<Message> own) {
            List<CompletableFuture<Message>> pending = new ArrayList<>();
            for (Message message : own) {
                boolean content = message.kind() == Kind.TEXT || message.kind() == Kind.FILE;
                if (content && !message.isDeleted()) {
                    Draft deletion =
                            new Draft(administrator, Kind.DELETE, null, null, message.id(), null, Audience.EVERYONE);
                    pending.add(rooms.send(room, deletion).toCompletableFuture());
                }
            }
            return CompletableFuture.allOf(pending.toArray(CompletableFuture[]::new));
        }
    }
}
