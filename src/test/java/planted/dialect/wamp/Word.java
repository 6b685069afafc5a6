package planted.dialect.wamp;

import planted.dialect.Contract;

/** Stands for what belongs to one dialect. */
public record Word(Contract contract) {}
