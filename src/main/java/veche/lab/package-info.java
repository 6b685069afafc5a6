/**
 * The lab of the tutorial: a page, and an endpoint that echoes messages, closes with a requested code and reads slowly.
 * It is a demonstration, independent of the chat; {@code veche.lab=false} disables it. {@link veche.lab.LabEndpoint} is
 * the entry point.
 *
 * <p>Threads: those of the container, and the timer for the end of a connection's lifetime.
 */
@NullMarked
package veche.lab;

import org.jspecify.annotations.NullMarked;
