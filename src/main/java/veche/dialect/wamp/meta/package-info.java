/**
 * The meta APIs of a WAMP router (advanced profile, "Session Meta API", "Subscription Meta API", "Registration Meta
 * API") and testaments. {@link veche.dialect.wamp.meta.MetaApi} adds them to a router; which sessions may learn of which
 * others is decided by {@link veche.dialect.wamp.meta.SessionVisibility}.
 *
 * <p>Threads: those of the requests; nothing blocks.
 */
package veche.dialect.wamp.meta;
