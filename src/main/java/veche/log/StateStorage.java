package veche.log;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import veche.room.ModerationAction;
import veche.room.Position;
import veche.room.ReadMark;
import veche.room.RoomName;
import veche.room.RoomStateStore.Revocation;
import veche.room.RoomStateStore.RuleRow;

/**
 * Blocking storage of room state, called by one thread. The methods correspond to those of
 * {@link veche.room.RoomStateStore}.
 */
interface StateStorage {
    /** Empty if a sanction that was imposed with a higher rank would be replaced or lifted. */
    Optional<ModerationAction> record(ModerationAction action) throws StorageException;

    void noteRank(String author, @Nullable RoomName room, int rank, Instant at, Instant since) throws StorageException;

    int rank(String author, @Nullable RoomName room, Instant since) throws StorageException;

    void noteName(String author, Set<String> keys, Instant at, Instant since) throws StorageException;

    Map<String, Instant> names(Instant since) throws StorageException;

    void forget(String author) throws StorageException;

    List<ModerationAction> after(long number, int limit) throws StorageException;

    List<ModerationAction> before(long number, int limit, Optional<Set<RoomName>> rooms) throws StorageException;

    List<ModerationAction> sanctions() throws StorageException;

    void revoke(Revocation revocation) throws StorageException;

    List<Revocation> revocations(Instant now) throws StorageException;

    void mark(List<ReadMark> marks, long since) throws StorageException;

    default Map<String, String> credentials() throws StorageException {
        return Map.of();
    }

    default List<RuleRow> rules() throws StorageException {
        return List.of();
    }

    Map<RoomName, Position> marks(String author) throws StorageException;
}
