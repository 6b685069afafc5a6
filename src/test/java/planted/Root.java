package planted;

/** Stands for the package of the wiring. */
public final class Root {}
