package veche.dialect.wamp.chat;

import java.util.concurrent.CompletionStage;
import veche.dialect.Client.Following;
import veche.dialect.wamp.router.Peer;
import veche.dialect.wamp.router.Session;
import veche.dialect.wamp.router.Subscription;
import veche.room.Room;

/** A peer whose sessions may subscribe to rooms. */
public interface RoomPeer extends Peer {
    /**
     * Starts sending the messages of a room as events, once it is open. At the peer of a client, later messages of
     * other rooms and topics wait for it. If the stage fails, no event is sent.
     *
     * @param after the position after which messages are sent
     * @param subscription the subscription to which the events belong
     * @param resuming whether each event's details contain {@code _position}
     */
    Following follow(
            CompletionStage<Room> room, long after, Session session, Subscription subscription, boolean resuming);
}
