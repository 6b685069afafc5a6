package planted.dialect.plain;

import planted.dialect.wamp.WampType;

record ImportsAnotherDialect(WampType wampType) {}
