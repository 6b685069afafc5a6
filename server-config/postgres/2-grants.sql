-- As a superuser, in the database veche. No other role has access; Veche creates and migrates its tables (veche_*).
REVOKE ALL ON DATABASE veche FROM PUBLIC;
GRANT CONNECT ON DATABASE veche TO veche;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO veche;
