package planted.cycle;

record A(B next) {}
