/** WAMP v2 over WebSocket: {@code wamp.2.json}, {@code .msgpack}, {@code .cbor}, plain and {@code .batched}. */
@NullMarked
package veche.dialect.wamp.v2;

import org.jspecify.annotations.NullMarked;
