package planted.log;

import planted.dialect.Contract;

record ImportsUpwards(Contract contract) {}
