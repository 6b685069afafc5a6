-- As a superuser, in the database veche. Nobody else looks in; Veche makes and migrates its own tables (veche_*).
REVOKE ALL ON DATABASE veche FROM PUBLIC;
GRANT CONNECT ON DATABASE veche TO veche;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO veche;
