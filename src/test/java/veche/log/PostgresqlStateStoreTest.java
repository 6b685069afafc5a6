package veche.log;

import veche.room.MessageLog;

class PostgresqlStateStoreTest extends DurableStateStoreContract {
    @Override
    MessageLog log(LogLimits limits) {
        return Logs.postgresql(Postgres.url(), "postgres", "", limits);
    }
}
