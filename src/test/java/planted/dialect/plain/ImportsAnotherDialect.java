package planted.dialect.plain;

import planted.dialect.wamp.Word;

record ImportsAnotherDialect(Word word) {}
