/** The dialect without a subprotocol, for the {@code WebSocket} API alone: relays text and binary messages. */
@NullMarked
package veche.dialect.plain;

import org.jspecify.annotations.NullMarked;
