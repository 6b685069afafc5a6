package planted.web;

import java.lang.reflect.Field;

record AccessesInternals(Field field) {}
