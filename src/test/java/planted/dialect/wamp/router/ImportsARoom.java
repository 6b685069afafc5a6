package planted.dialect.wamp.router;

import planted.room.Place;

record ImportsARoom(Place place) {}
