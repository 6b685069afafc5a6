package planted.room;

import planted.identity.Somebody;

record ImportsWhatIsNotJava(Somebody somebody) {}
