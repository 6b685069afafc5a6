package veche.room;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a node reports to others about the members and signals of rooms. */
sealed interface SignalParcel {
    /** The state of the sender follows, until {@link End}. */
    record Begin() implements SignalParcel {}

    /** The state is complete: in other rooms, the sender has no members. */
    record End() implements SignalParcel {}

    /** All members of a room on the sender. */
    record Members(RoomName room, List<Author> authors) implements SignalParcel {}

    /** The sender is about to end, and its clients are to reconnect within a period after that. */
    record Ending(Duration window) implements SignalParcel {}

    /** A change or event in a room. */
    record InRoom(RoomName room, Signal signal) implements SignalParcel {}

    /** The form of parcels; nodes ignore those of a later one, which a newer node may send during a rolling update. */
    int VERSION = 1;

    /** The bytes of the parcel. */
    default byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private void write(DataOutputStream out) throws IOException {
        if (this instanceof Begin) {
            out.writeByte('b');
        } else if (this instanceof End) {
            out.writeByte('e');
        } else if (this instanceof Members members) {
            out.writeByte('m');
            out.writeUTF(members.room().value());
            out.writeInt(members.authors().size());
            for (Author author : members.authors()) {
                write(out, author);
            }
        } else if (this instanceof Ending ending) {
            out.writeByte('d');
            out.writeLong(ending.window().toMillis());
        } else if (this instanceof InRoom event) {
            write(out, event.signal(), event.room());
        }
    }

    private static void write(DataOutputStream out, Signal signal, RoomName room) throws IOException {
        out.writeByte(
                signal instanceof Signal.Joined
                        ? 'j'
                        : signal instanceof Signal.Left ? 'l' : signal instanceof Signal.Typing ? 't' : 'r');
        out.writeUTF(room.value());
        write(out, signal.author());
        if (signal instanceof Signal.Read read) {
            out.writeUTF(read.upTo().epoch());
            out.writeLong(read.upTo().number());
        }
    }

    private static void write(DataOutputStream out, Author author) throws IOException {
        out.writeUTF(author.id());
        out.writeUTF(author.name());
    }

    /** The parcel of these bytes; empty if they are of a later version. */
    static Optional<SignalParcel> decode(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return in.readByte() == VERSION ? read(in) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<SignalParcel> read(DataInputStream in) throws IOException {
        byte kind = in.readByte();
        return switch (kind) {
            case 'b' -> Optional.of(new Begin());
            case 'e' -> Optional.of(new End());
            case 'm' -> Optional.of(new Members(new RoomName(in.readUTF()), authors(in)));
            case 'd' -> Optional.of(new Ending(Duration.ofMillis(in.readLong())));
            case 'j', 'l', 't', 'r' -> {
                RoomName room = new RoomName(in.readUTF());
                yield Optional.of(new InRoom(room, signal(kind, in)));
            }
            default -> Optional.empty();
        };
    }

    private static Signal signal(byte kind, DataInputStream in) throws IOException {
        Author author = author(in);
        return switch (kind) {
            case 'j' -> new Signal.Joined(author);
            case 'l' -> new Signal.Left(author);
            case 't' -> new Signal.Typing(author);
            default -> new Signal.Read(author, new Position(in.readUTF(), in.readLong()));
        };
    }

    private static List<Author> authors(DataInputStream in) throws IOException {
        List<Author> authors = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            authors.add(author(in));
        }
        return authors;
    }

    private static Author author(DataInputStream in) throws IOException {
        return new Author(in.readUTF(), in.readUTF());
    }
}
