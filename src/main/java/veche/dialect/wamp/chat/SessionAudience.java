package veche.dialect.wamp.chat;

import veche.dialect.wamp.router.Recipients;
import veche.dialect.wamp.router.Session;
import veche.room.Audience;

/** The recipients of a publication as an audience. Listeners other than WAMP sessions are always included. */
record SessionAudience(Recipients recipients) implements Audience {
    static Audience of(Recipients recipients) {
        return recipients == Recipients.ALL ? Audience.EVERYONE : new SessionAudience(recipients);
    }

    @Override
    public boolean admits(Object listener) {
        return !(listener instanceof Session session) || recipients.include(session);
    }
}
