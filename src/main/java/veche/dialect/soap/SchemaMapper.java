package veche.dialect.soap;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import veche.dialect.soap.chat.ChatMessage;
import veche.dialect.soap.chat.Member;
import veche.dialect.soap.chat.MessageBody;
import veche.dialect.soap.chat.MessageKind;
import veche.dialect.soap.chat.Mode;
import veche.dialect.soap.chat.ModeKind;
import veche.dialect.soap.chat.ModerationEntry;
import veche.dialect.soap.chat.ModerationKind;
import veche.dialect.soap.chat.Place;
import veche.dialect.soap.chat.Receipt;
import veche.dialect.soap.chat.RefreshResponseBody;
import veche.dialect.soap.chat.RoomNames;
import veche.dialect.soap.chat.SignalBody;
import veche.dialect.soap.chat.SignalKind;
import veche.room.Author;
import veche.room.Message;
import veche.room.ModerationAction;
import veche.room.Position;
import veche.room.RoomName;
import veche.room.Signal;
import veche.room.User;

/** Maps domain types to the types generated from {@code chat.xsd}. */
final class SchemaMapper {
    private static final DateTimeFormatter MILLISECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private SchemaMapper() {}

    static MessageBody messageBody(Message message) {
        MessageBody body = new MessageBody();
        fill(body, message);
        return body;
    }

    static ChatMessage message(Message message) {
        ChatMessage element = new ChatMessage();
        fill(element, message);
        return element;
    }

    private static void fill(ChatMessage element, Message message) {
        element.setId(message.id().toString());
        element.setRoom(message.room().value());
        element.setEpoch(message.position().epoch());
        element.setPosition(message.position().number());
        element.setAt(instant(message.at()));
        element.setAuthor(member(message.author()));
        element.setKind(MessageKind.fromValue(message.kind().wireName()));
        element.setText(message.text());
        element.setData(message.data() == null ? null : Bytes.of(message.data()));
        element.setTarget(message.target() == null ? null : message.target().toString());
        element.setKey(message.key());
        element.setName(message.name());
    }

    static Receipt receipt(Message message) {
        Receipt receipt = new Receipt();
        receipt.setId(message.id().toString());
        receipt.setRoom(message.room().value());
        receipt.setEpoch(message.position().epoch());
        receipt.setPosition(message.position().number());
        receipt.setAt(instant(message.at()));
        return receipt;
    }

    static Member member(Author author) {
        Member member = new Member();
        member.setId(author.id());
        member.setName(author.name());
        member.setGuest(author.isGuest() ? true : null);
        return member;
    }

    static SignalBody signal(RoomName room, Signal signal) {
        SignalBody body = new SignalBody();
        body.setRoom(room.value());
        body.setKind(kind(signal));
        body.setAuthor(member(signal.author()));
        if (signal instanceof Signal.Read read) {
            body.setUpTo(place(read.upTo()));
        }
        return body;
    }

    /** The user has lost access to a room. */
    static SignalBody removed(RoomName room, Author author, String reason) {
        SignalBody body = new SignalBody();
        body.setRoom(room.value());
        body.setKind(SignalKind.REMOVED);
        body.setAuthor(member(author));
        body.setReason(reason);
        return body;
    }

    /** The user's token expires soon. */
    static SignalBody expiring(Author author, Instant expires) {
        SignalBody body = new SignalBody();
        body.setKind(SignalKind.EXPIRING);
        body.setAuthor(member(author));
        body.setExpires(instant(expires));
        return body;
    }

    static RefreshResponseBody refreshed(User user) {
        RefreshResponseBody body = new RefreshResponseBody();
        body.setExpires(user.expires().map(SchemaMapper::instant).orElse(null));
        user.rooms().ifPresent(rooms -> {
            RoomNames names = new RoomNames();
            rooms.stream().map(RoomName::value).sorted().forEach(names.getRoom()::add);
            body.setRooms(names);
        });
        return body;
    }

    private static SignalKind kind(Signal signal) {
        if (signal instanceof Signal.Joined) {
            return SignalKind.JOINED;
        }
        if (signal instanceof Signal.Left) {
            return SignalKind.LEFT;
        }
        return signal instanceof Signal.Typing ? SignalKind.TYPING : SignalKind.READ;
    }

    /** The part of a mode that is disclosed to all users of the room. */
    static Mode mode(ModerationAction action) {
        Mode mode = new Mode();
        mode.setKind(ModeKind.fromValue(action.type().wireName()));
        mode.setInterval(
                action.interval() == null ? null : (int) action.interval().toSeconds());
        mode.setUntil(action.until() == null ? null : instant(action.until()));
        mode.setReason(action.reason());
        return mode;
    }

    /** @param addressed whether the entry contains the address of the moderator */
    static ModerationEntry entry(ModerationAction action, boolean addressed) {
        ModerationEntry entry = new ModerationEntry();
        entry.setNumber(action.number());
        entry.setAt(instant(action.at()));
        entry.setModerator(member(action.moderator().author()));
        String address = action.moderator().address();
        entry.setModeratorAddress(addressed && !address.isEmpty() ? address : null);
        entry.setKind(ModerationKind.fromValue(action.type().wireName()));
        entry.setAuthor(action.author().isEmpty() ? null : action.author());
        entry.setAddress(action.address() == null ? null : action.address().toString());
        entry.setRoom(action.room() == null ? null : action.room().value());
        entry.setUntil(action.until() == null ? null : instant(action.until()));
        entry.setInterval(action.interval() == null ? null : action.interval().toSeconds());
        entry.setReason(action.reason());
        entry.setTarget(action.target() == null ? null : action.target().toString());
        return entry;
    }

    private static Place place(Position position) {
        Place place = new Place();
        place.setEpoch(position.epoch());
        place.setPosition(position.number());
        return place;
    }

    static Position position(Place place) {
        return new Position(place.getEpoch(), place.getPosition());
    }

    private static String instant(Instant at) {
        return MILLISECONDS.format(at);
    }
}
