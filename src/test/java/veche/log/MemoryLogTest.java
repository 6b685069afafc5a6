package veche.log;

import veche.room.MessageLog;

class MemoryLogTest extends RevisionContract {
    @Override
    MessageLog log(LogLimits limits) {
        return Logs.memory(limits);
    }
}
