package veche.bench.limit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The members of a room, and the frames that arrived in this round. */
final class Room {
    private static final int INITIAL = 1 << 12;

    private final List<Connection> members = new ArrayList<>();
    private ByteBuffer arrived = ByteBuffer.allocateDirect(INITIAL);

    void join(Connection member) {
        members.add(member);
    }

    void leave(Connection member) {
        members.remove(member);
    }

    /** Adds a complete server frame. */
    void add(byte[] frame, int length) {
        if (arrived.remaining() < length) {
            ByteBuffer larger = ByteBuffer.allocateDirect(2 * (arrived.position() + length));
            arrived = larger.put(arrived.flip());
        }
        arrived.put(frame, 0, length);
    }

    /** Writes the frames that arrived to every member, in one write or in one write per frame. */
    void deliver(boolean each) {
        if (arrived.position() == 0) {
            return;
        }
        arrived.flip();
        int step = each ? Frame.length(arrived, 0) : arrived.limit();
        for (int from = 0; from < arrived.limit(); from += step) {
            step = each ? Frame.length(arrived, from) : arrived.limit();
            write(arrived.slice(from, step));
        }
        arrived.clear();
    }

    private void write(ByteBuffer frames) {
        for (int i = members.size() - 1; i >= 0; i--) {
            Connection member = members.get(i);
            try {
                member.write(frames.rewind());
            } catch (IOException gone) {
                member.close();
            }
        }
    }
}
