package veche.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import veche.room.Message;
import veche.room.MessageLog;
import veche.room.RoomName;

/** Records the notifications of a log. */
final class RecordingListener implements MessageLog.Listener {
    final List<MessageLog.Appended> appended = new CopyOnWriteArrayList<>();
    final Map<RoomName, Long> trimmed = new ConcurrentHashMap<>();
    /** Rooms that are not open and grew on another node, with the position before their latest growth. */
    final Map<RoomName, Long> grown = new ConcurrentHashMap<>();

    final AtomicInteger stateChanges = new AtomicInteger();
    final AtomicInteger restarts = new AtomicInteger();

    @Override
    public void committed(List<MessageLog.Appended> batch) {
        appended.addAll(batch);
    }

    @Override
    public void trimmed(RoomName room, long first) {
        trimmed.put(room, first);
    }

    @Override
    public void grewUnopened(RoomName room, long after) {
        grown.put(room, after);
    }

    @Override
    public void restarted() {
        restarts.incrementAndGet();
    }

    @Override
    public void stateChanged() {
        stateChanges.incrementAndGet();
    }

    List<Message> messages(RoomName room) {
        List<Message> messages = new ArrayList<>();
        appended.forEach(one -> messages.add(one.message()));
        messages.removeIf(message -> !message.room().equals(room));
        return messages;
    }

    List<Long> positions(RoomName room) {
        return messages(room).stream()
                .map(message -> message.position().number())
                .toList();
    }
}
