package planted.identity;

/** Stands for what lies above the domain. */
public final class Somebody {}
