/**
 * The lab of the tutorial: an endpoint that echoes, closes with any code and reads slowly, and its page. A demonstration
 * beside the product; {@code veche.lab=false} removes it. {@link veche.lab.LabEndpoint} is the entry point.
 *
 * <p>Threads: the container's, and the timer for the end of a connection's lifetime.
 */
package veche.lab;
