/** What WAMP v2 messages are: records, their layout as lists, URIs, ids and error names. Knows no serialization. */
package veche.dialect.wamp.message;
