/**
 * Permissions that the site decides on: its HTTP service is asked for each user and room or URI.
 * {@link veche.permission.http.HttpAuthorizer} is the entry point.
 *
 * <p>Threads: requests are sent, and answers processed, on the executor given; a timer ends those that take too long.
 * Nothing blocks.
 */
@NullMarked
package veche.permission.http;

import org.jspecify.annotations.NullMarked;
