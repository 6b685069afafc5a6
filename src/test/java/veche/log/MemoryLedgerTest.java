package veche.log;

import veche.room.MessageLog;

class MemoryLedgerTest extends LedgerContract {
    @Override
    MessageLog log(LogLimits limits) {
        return Logs.memory(limits);
    }
}
