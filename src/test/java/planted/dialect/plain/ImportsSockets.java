package planted.dialect.plain;

import jakarta.websocket.Session;

record ImportsSockets(Session session) {}
