-- As a superuser, in any database. Choose a password of your own first.
CREATE ROLE veche LOGIN PASSWORD 'change-me';
CREATE DATABASE veche OWNER veche;
