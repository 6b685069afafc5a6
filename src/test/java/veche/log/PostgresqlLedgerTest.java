package veche.log;

import veche.room.MessageLog;

class PostgresqlLedgerTest extends LastingLedgerContract {
    @Override
    MessageLog log(LogLimits limits) {
        return Logs.postgresql(Postgres.url(), "postgres", "", limits);
    }
}
