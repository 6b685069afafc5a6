package planted.dialect.wamp.router;

import planted.room.RoomType;

record ImportsARoom(RoomType roomType) {}
