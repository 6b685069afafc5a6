#!/bin/sh
# Runs the grants in the database that the first script creates.
psql -v ON_ERROR_STOP=1 -U postgres -d veche -f /2-grants.sql
