package veche.dialect.wamp.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static veche.dialect.wamp.Messages.dict;
import static veche.testing.MessageType.CALL;
import static veche.testing.MessageType.EVENT;
import static veche.testing.MessageType.RESULT;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The procedures of the chat over WAMP. */
class ChatProceduresTest extends LobbyFixture {
    @Test
    void aSessionJoinsAtMostAThousandRooms() {
        for (int i = 0; i < 1_000; i++) {
            one.call("veche.join", "room-" + i);
        }
        one.request(CALL, dict(), "veche.join", List.of("one-more"));
        assertEquals("veche.error.limit_reached", one.expectError());
        one.call("veche.join", "room-1");
        one.call("veche.leave", "room-1");
        one.call("veche.join", "one-more");
    }

    @Test
    void theChatProceduresReturnResultsAndPublishSignals() {
        one.subscribe("veche.room.lobby.", "match", "prefix");
        Map<?, ?> joined = (Map<?, ?>) two.call("veche.join", "lobby");
        assertEquals(
                List.of("lobby", 0L, 1L), List.of(joined.get("room"), joined.get("position"), joined.get("members")));
        assertEquals("veche.room.lobby.joined", ((Map<?, ?>) one.expect(EVENT).get(3)).get("topic"));
        Map<?, ?> sent = (Map<?, ?>) two.call("veche.send", "lobby", "hello");
        String id = (String) sent.get("id");
        two.request(CALL, dict(), "veche.edit", List.of(), dict("room", "lobby", "target", id, "text", "hullo"));
        Map<?, ?> edit = (Map<?, ?>) ((List<?>) two.expect(RESULT).get(3)).get(0);
        assertEquals(List.of("edit", id, "hullo"), List.of(edit.get("kind"), edit.get("target"), edit.get("text")));
        assertEquals("reaction", ((Map<?, ?>) one.call("veche.react", "lobby", id, "👍")).get("kind"));
        one.request(CALL, dict(), "veche.delete", List.of("lobby", id));
        assertEquals("wamp.error.not_authorized", one.expectError());
        assertEquals("delete", ((Map<?, ?>) two.call("veche.delete", "lobby", id)).get("kind"));
        assertEquals(4, ((List<?>) one.call("veche.history", "lobby")).size());
        assertEquals(2, ((List<?>) one.call("veche.history", "lobby", 3L, 10L)).size());
        assertEquals(
                List.of(dict("id", "guest:2", "name", "Guest 2", "guest", true)), one.call("veche.members", "lobby"));
        assertEquals(List.of("lobby"), one.call("veche.rooms"));
        two.call("veche.typing", "lobby");
        assertEquals("veche.room.lobby.typing", ((Map<?, ?>) one.expect(EVENT).get(3)).get("topic"));
        two.call("veche.read", "lobby", 3L);
        assertEquals(3L, kwargs(one.expect(EVENT)).get("position"));
        two.call("veche.leave", "lobby");
        assertEquals("veche.room.lobby.left", ((Map<?, ?>) one.expect(EVENT).get(3)).get("topic"));
        one.request(CALL, dict(), "veche.send", List.of("lobby"));
        assertEquals("wamp.error.invalid_argument", one.expectError());
        one.request(CALL, dict(), "veche.join", List.of("No Room"));
        assertEquals("wamp.error.invalid_argument", one.expectError());
    }

    @Test
    void aLostConnectionLeavesItsRooms() {
        one.subscribe("veche.room.lobby.left");
        two.call("veche.join", "lobby");
        two.disconnect();
        assertEquals(
                dict("id", "guest:2", "name", "Guest 2", "guest", true),
                kwargs(one.expect(EVENT)).get("author"));
        assertEquals(List.of(), one.call("veche.members", "lobby"));
    }
}
