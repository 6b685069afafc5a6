package planted.dialect.wamp;

import planted.dialect.Contract;

/** Represents a type of one dialect. */
public record WampType(Contract contract) {}
