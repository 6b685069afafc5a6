package planted.api;

import planted.room.RoomType;

record ImportsTheApplication(RoomType type) {}
