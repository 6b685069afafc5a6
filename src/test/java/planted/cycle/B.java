package planted.cycle;

record B(C next) {}
