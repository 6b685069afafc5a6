/**
 * Webhooks: HTTP POST requests to the site about events in rooms. {@link veche.webhook.Webhook} is the entry point.
 *
 * <p>Threads: one reads what is due and notes the results, and may wait for the database; requests are sent
 * asynchronously on the executor given.
 */
@NullMarked
package veche.webhook;

import org.jspecify.annotations.NullMarked;
