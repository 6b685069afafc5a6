/** The dialect without a subprotocol, for the {@code WebSocket} API alone: relays text and binary messages. */
package veche.dialect.plain;
