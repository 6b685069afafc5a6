/** What a browser speaks with nothing but its {@code WebSocket}: text is said, bytes are relayed. */
package veche.dialect.plain;
