package planted.room;

import planted.identity.IdentityType;

record ImportsOtherThanJava(IdentityType identityType) {}
