package planted.cycle;

record D(A next) {}
