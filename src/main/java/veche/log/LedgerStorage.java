package veche.log;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import veche.room.Position;
import veche.room.ReadMark;
import veche.room.RoomName;
import veche.room.Ruling;

/** What keeps the ledger. Blocks its one caller; the methods are those of {@link veche.room.Ledger}. */
interface LedgerStorage {
    Ruling record(Ruling ruling) throws StorageException;

    List<Ruling> after(long number, int limit) throws StorageException;

    List<Ruling> before(long number, int limit, Optional<Set<RoomName>> rooms) throws StorageException;

    List<Ruling> sanctions() throws StorageException;

    void mark(List<ReadMark> marks, long since) throws StorageException;

    Map<RoomName, Position> marks(String author) throws StorageException;
}
