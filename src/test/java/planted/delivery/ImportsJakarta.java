package planted.delivery;

import jakarta.servlet.ServletContext;

record ImportsJakarta(ServletContext context) {}
