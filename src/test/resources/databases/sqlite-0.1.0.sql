-- A database of Veche 0.1.0, with messages of each kind, a ban and a read position.
CREATE TABLE veche_key (
    sequence INTEGER PRIMARY KEY,
    room INTEGER NOT NULL,
    author_id TEXT NOT NULL,
    idempotency_key TEXT NOT NULL,
    id BLOB NOT NULL,
    position INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    UNIQUE (room, author_id, idempotency_key)
);
INSERT INTO "veche_key" VALUES(1,1,'user:anna','key-1',X'01A22FC364077C389576000000000002',1,1796040000000);
CREATE TABLE veche_log (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    epoch TEXT NOT NULL
);
INSERT INTO "veche_log" VALUES(1,'of-0-1-0');
CREATE TABLE veche_message (
    room INTEGER NOT NULL,
    position INTEGER NOT NULL,
    id BLOB NOT NULL,
    at_ms INTEGER NOT NULL,
    weight INTEGER NOT NULL,
    kind TEXT NOT NULL,
    author_id TEXT NOT NULL,
    author_name TEXT NOT NULL,
    target BLOB,
    idempotency_key TEXT,
    text TEXT,
    data BLOB, name TEXT,
    PRIMARY KEY (room, position)
);
INSERT INTO "veche_message" VALUES(1,1,X'01A22FC364077C389576000000000002',1796040000000,300,'text','user:anna','Anna',NULL,'key-1','Hello, all',NULL,NULL);
INSERT INTO "veche_message" VALUES(1,2,X'01A22FC364077C389576000000000003',1796040000001,300,'file','user:boris','Борис',NULL,NULL,'The bill',X'010203','bill.pdf');
INSERT INTO "veche_message" VALUES(1,3,X'01A22FC364077C389576000000000004',1796040000002,300,'edit','user:anna','Anna',X'01A22FC364077C389576000000000002',NULL,'Hello, all',NULL,NULL);
INSERT INTO "veche_message" VALUES(1,4,X'01A22FC364077C389576000000000005',1796040000003,300,'text','user:mallory','Mallory',NULL,NULL,'Spam',NULL,NULL);
CREATE TABLE veche_read (
    author_id TEXT NOT NULL,
    room TEXT NOT NULL,
    epoch TEXT NOT NULL,
    position INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (author_id, room)
);
INSERT INTO "veche_read" VALUES('user:boris','lobby','of-0-1-0',3,1796040000020);
CREATE TABLE veche_revision (
    sequence INTEGER PRIMARY KEY,
    room INTEGER NOT NULL,
    message BLOB NOT NULL,
    replaced_ms INTEGER NOT NULL,
    replaced_by BLOB NOT NULL,
    text TEXT,
    data BLOB
, name TEXT);
INSERT INTO "veche_revision" VALUES(1,1,X'01A22FC364077C389576000000000002',1796040000002,X'01A22FC364077C389576000000000004','Hello',NULL,NULL);
CREATE TABLE veche_room (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    first_position INTEGER NOT NULL DEFAULT 1,
    last_position INTEGER NOT NULL DEFAULT 0,
    last_at_ms INTEGER NOT NULL DEFAULT 0
);
INSERT INTO "veche_room" VALUES(1,'lobby',1,4,1796040000003);
CREATE TABLE veche_ruling (
    number INTEGER PRIMARY KEY,
    at_ms INTEGER NOT NULL,
    moderator_id TEXT NOT NULL,
    moderator_name TEXT NOT NULL,
    action TEXT NOT NULL,
    author_id TEXT NOT NULL,
    room TEXT NOT NULL,
    until_ms INTEGER,
    reason TEXT NOT NULL,
    target BLOB
);
INSERT INTO "veche_ruling" VALUES(1,1796040000010,'user:mod','Moderator','ban','user:mallory','lobby',NULL,'spam',NULL);
CREATE TABLE veche_sanction (
    author_id TEXT NOT NULL,
    room TEXT NOT NULL,
    action TEXT NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (author_id, room, action)
);
INSERT INTO "veche_sanction" VALUES('user:mallory','lobby','ban',1);
CREATE TABLE "veche_schema_history" (
    "installed_rank" INT NOT NULL PRIMARY KEY,
    "version" VARCHAR(50),
    "description" VARCHAR(200) NOT NULL,
    "type" VARCHAR(20) NOT NULL,
    "script" VARCHAR(1000) NOT NULL,
    "checksum" INT,
    "installed_by" VARCHAR(100) NOT NULL,
    "installed_on" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f','now')),
    "execution_time" INT NOT NULL,
    "success" BOOLEAN NOT NULL
);
INSERT INTO "veche_schema_history" VALUES(1,'1','log','SQL','V1__log.sql',653210439,'','2026-11-30 12:00:00.000',3,1);
INSERT INTO "veche_schema_history" VALUES(2,'2','ledger','SQL','V2__ledger.sql',1007121840,'','2026-11-30 12:00:00.000',7,1);
INSERT INTO "veche_schema_history" VALUES(3,'3','revisions','SQL','V3__revisions.sql',-1282181443,'','2026-11-30 12:00:00.000',4,1);
INSERT INTO "veche_schema_history" VALUES(4,'4','file name','SQL','V4__file_name.sql',773577065,'','2026-11-30 12:00:00.000',2,1);
CREATE INDEX "veche_schema_history_s_idx" ON "veche_schema_history" ("success");
CREATE UNIQUE INDEX veche_message_id ON veche_message (id);
CREATE INDEX veche_read_at ON veche_read (at_ms);
CREATE INDEX veche_revision_message ON veche_revision (message);
CREATE INDEX veche_revision_at ON veche_revision (replaced_ms);
CREATE INDEX veche_message_target ON veche_message (target) WHERE target IS NOT NULL;
