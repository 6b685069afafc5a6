/**
 * HTTP resources beside the WebSocket endpoints: security headers, error pages, health, metrics, limits, administration
 * and the service description.
 */
package veche.web;
