/**
 * What other applications of the server use: the jar {@code veche-api}. Depends on the JDK and on APIs of Jakarta EE
 * only; the annotations of JSpecify are not needed at run time. Its types are immutable or thread-safe.
 */
@NullMarked
package veche.api;

import org.jspecify.annotations.NullMarked;
