package veche.log;

import veche.room.MessageLog;

class MemoryLogTest extends MessageLogContract {
    @Override
    MessageLog log(LogLimits limits) {
        return Logs.memory(limits);
    }
}
