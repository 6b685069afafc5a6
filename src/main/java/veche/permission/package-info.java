/** Permission rules: who may do what in which rooms and with which WAMP URIs. */
@NullMarked
package veche.permission;

import org.jspecify.annotations.NullMarked;
