/**
 * Asynchronous decisions on what a session may do: {@link veche.dialect.wamp.access.GrantCache} keeps them,
 * {@link veche.dialect.wamp.access.RequestQueue} keeps the order of the requests that wait for them.
 *
 * <p>Threads: all classes are thread-safe; no method blocks, and no lock is held while a policy is consulted or a
 * request proceeds.
 */
@NullMarked
package veche.dialect.wamp.access;

import org.jspecify.annotations.NullMarked;
