package veche.dialect.wamp.chat;

import org.jspecify.annotations.Nullable;
import veche.dialect.wamp.message.Dict;
import veche.dialect.wamp.message.PubSubMessage.Publish;
import veche.dialect.wamp.message.Uri;
import veche.dialect.wamp.message.WampErrorException;
import veche.dialect.wamp.router.Passthru;
import veche.dialect.wamp.router.PublishReply;
import veche.dialect.wamp.router.Recipients;
import veche.dialect.wamp.router.Session;
import veche.room.Draft;
import veche.room.Message;
import veche.room.RefusedException;
import veche.room.RoomName;
import veche.room.RoomSession;

/** Publications to the topics of rooms, which append a message to the room's log. */
final class RoomPublications {
    private RoomPublications() {}

    /**
     * Rejects options that a room's log cannot store. Recipient lists apply to current sessions only, whereas a room's
     * messages are also read later by history, search and resumption (advanced profile, "Event History", "Security
     * Aspects"). The log stores neither the identity of the publishing session nor opaque payloads.
     */
    static void check(Session publisher, Publish request, Recipients recipients) {
        if (recipients instanceof Recipients.Lists lists && lists.excludeOthersThan(publisher.id())) {
            throw new WampErrorException(
                    Uri.OPTION_NOT_ALLOWED,
                    "exclude and eligible are not allowed: the messages of a room are readable by all its clients");
        }
        Dict options = request.options();
        if (options.flag("disclose_me")) {
            throw new WampErrorException(
                    Uri.DISCLOSE_ME_DISALLOWED, "Messages of a room identify their author, not the publishing session");
        }
        if (Passthru.used(options)) {
            throw new WampErrorException(Uri.FEATURE_NOT_SUPPORTED, "Rooms do not support payload passthru mode");
        }
    }

    /**
     * Appends a message to the room's log; PUBLISHED or ERROR is sent after the commit. Returns false where the
     * session's publication queue is full.
     */
    static boolean publish(Session publisher, Publish request, Recipients recipients) {
        RoomName name = TopicNames.room(request.topic());
        check(publisher, request, recipients);
        Draft draft = draft(publisher, request, recipients);
        boolean amends = Drafts.amends(draft);
        RoomSession roomSession = ChatSession.rooms(publisher);
        return publisher
                .sequencer()
                .durable(
                        draft::weight,
                        () -> (amends ? roomSession.amend(name, draft) : roomSession.send(name, draft))
                                .whenComplete((message, failure) ->
                                        publisher.guarded(() -> conclude(publisher, request, message, failure))),
                        amends);
    }

    private static Draft draft(Session publisher, Publish request, Recipients recipients) {
        try {
            return Drafts.of(ChatSession.author(publisher), request.payload(), SessionAudience.of(recipients));
        } catch (RefusedException refused) {
            throw RoomErrors.map(refused);
        }
    }

    private static void conclude(Session publisher, Publish request, Message message, @Nullable Throwable failure) {
        if (failure == null) {
            PublishReply.published(publisher, request, RoomEvents.publication(message));
        } else {
            PublishReply.failed(publisher, request, RoomErrors.map(failure));
        }
    }
}
