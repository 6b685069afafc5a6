/**
 * The meta APIs of a WAMP router (advanced profile, "Session Meta API", "Subscription Meta API", "Registration Meta
 * API") and testaments. {@link veche.dialect.wamp.meta.MetaApi} adds them to a router.
 * {@link veche.dialect.wamp.meta.SessionVisibility} decides which sessions may see which others.
 *
 * <p>Threads: procedures run on the threads of the requests; no method blocks.
 */
@NullMarked
package veche.dialect.wamp.meta;

import org.jspecify.annotations.NullMarked;
