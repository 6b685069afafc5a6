package planted;

/** Represents the root package, which wires the application. */
public final class Root {}
