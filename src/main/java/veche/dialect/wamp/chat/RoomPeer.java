package veche.dialect.wamp.chat;

import veche.dialect.Client.Following;
import veche.dialect.wamp.router.Peer;
import veche.dialect.wamp.router.Session;
import veche.dialect.wamp.router.Subscription;
import veche.room.Room;

/** A peer whose sessions may subscribe to rooms. */
public interface RoomPeer extends Peer {
    /**
     * Sends a room's messages as events.
     *
     * @param after the last position that is known already
     * @param subscription the subscription that the events belong to
     * @param resuming whether each event's details carry {@code _position}
     */
    Following follow(Room room, long after, Session session, Subscription subscription, boolean resuming);
}
