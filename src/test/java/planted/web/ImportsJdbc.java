package planted.web;

import java.sql.Connection;

record ImportsJdbc(Connection connection) {}
