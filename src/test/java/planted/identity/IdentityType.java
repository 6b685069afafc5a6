package planted.identity;

/** Represents a package above the domain. */
public final class IdentityType {}
