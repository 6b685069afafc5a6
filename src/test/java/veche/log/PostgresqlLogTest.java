package veche.log;

import veche.room.MessageLog;

class PostgresqlLogTest extends LastingLogContract {
    @Override
    MessageLog log(LogLimits limits) {
        return Logs.postgresql(Postgres.url(), "postgres", "postgres", limits);
    }
}
