/** How the nodes of one database find each other and exchange what is not stored. */
@NullMarked
package veche.log.cluster;

import org.jspecify.annotations.NullMarked;
