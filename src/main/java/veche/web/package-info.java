/**
 * HTTP resources beside the WebSocket endpoints: security headers, error pages, health, metrics, limits, administration
 * and the service description.
 */
@NullMarked
package veche.web;

import org.jspecify.annotations.NullMarked;
