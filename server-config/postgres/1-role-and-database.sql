-- As a superuser, in any database. Replace the password first.
CREATE ROLE veche LOGIN PASSWORD 'change-me';
CREATE DATABASE veche OWNER veche;
