package planted.dialect;

import planted.dialect.wamp.WampType;

/** Represents the contract of the dialects. It depends on one of them: a cycle between a package and its subpackage. */
public record Contract(WampType wampType) {}
