package veche.log;

import veche.room.MessageLog;

class MemoryStateStoreTest extends StateStoreContract {
    @Override
    MessageLog log(LogLimits limits) {
        return Logs.memory(limits);
    }
}
