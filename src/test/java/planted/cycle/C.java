package planted.cycle;

record C(D next) {}
