/** The port through which a node exchanges with the other nodes what is not stored. */
@NullMarked
package veche.room.cluster;

import org.jspecify.annotations.NullMarked;
