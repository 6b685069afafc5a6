package planted.dialect;

import planted.dialect.wamp.Word;

/** Stands for the contract of the dialects, and lists one of them: a cycle between a package and its sub-package. */
public record Contract(Word word) {}
