/** WAMP v2 messages: records, their layout as lists, URIs, ids and error URIs. Independent of the serialization. */
@NullMarked
package veche.dialect.wamp.message;

import org.jspecify.annotations.NullMarked;
