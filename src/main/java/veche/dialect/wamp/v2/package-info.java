/** WAMP v2 over WebSocket: {@code wamp.2.json}, {@code .msgpack}, {@code .cbor}, plain and {@code .batched}. */
package veche.dialect.wamp.v2;
