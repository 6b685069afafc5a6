/**
 * IP addresses of clients, as ranges. {@link veche.room.address.AddressRange} depends on no other type of the domain.
 */
@NullMarked
package veche.room.address;

import org.jspecify.annotations.NullMarked;
