/**
 * WAMP, the Web Application Messaging Protocol, v1 and v2, over one router. {@link veche.dialect.wamp.WampDialects}
 * creates it; {@link veche.dialect.wamp.Realm} is the API for application code in the same server.
 *
 * <p><b>Basic profile:</b> complete: sessions, publish and subscribe, calls, loose and strict URIs, sequential request
 * IDs, ABORT on every protocol violation, the ordering guarantees. Serializations: JSON, MessagePack and CBOR, plain
 * and batched.
 *
 * <p><b>Advanced profile:</b> progressive call results and invocations, call canceling (skip, kill, killnowait), call
 * timeout, caller and publisher identification, pattern-based subscription and registration, shared registration,
 * publisher exclusion, black- and whitelisting, event retention, event history (of rooms), session, subscription and
 * registration meta API, testaments, payload passthru mode; authentication by anonymous, ticket (a JSON Web Token),
 * wampcra, wamp-scram (PBKDF2) and cryptosign. Not implemented and not announced: sharding, call rerouting, trust
 * levels, revocation by the router, reflection, Argon2, channel binding.
 *
 * <p><b>Rooms:</b> topic {@code veche.room.<room>} represents a room's log: PUBLISHED is sent after the commit, and the
 * option {@code _after} of SUBSCRIBE resumes without gaps. Presence, typing and read signals are published on
 * {@code veche.room.<room>.joined}, {@code .left}, {@code .typing} and {@code .read}. The procedures are
 * {@code veche.join}, {@code leave}, {@code send}, {@code history}, {@code members}, {@code rooms}, {@code edit},
 * {@code delete}, {@code react}, {@code typing}, {@code read}, {@code search} and {@code whoami}; for moderators
 * {@code veche.kick}, {@code ban}, {@code unban}, {@code mute}, {@code unmute}, {@code sanctions}, {@code revisions}
 * and {@code audit}. A message is a dict of {@code id}, {@code room}, {@code epoch}, {@code position}, {@code at},
 * {@code author}, {@code kind} and, if present, {@code text}, {@code name} and {@code data} (see
 * {@link veche.room.Message} for their meaning in a file), {@code target}, {@code key} and {@code deleted}. A room's
 * events always name their author and never the publishing session. Black- and whitelists apply to current subscribers
 * only, since the log does not store them.
 *
 * <p><b>Choices</b> where the specifications are silent or contradictory: a canceled call fails with
 * {@code wamp.error.canceled}; batched JSON is sent with the separator of the client's first frame (0x1e, or Autobahn's
 * 0x18); NaN is encoded as null in JSON; an integer beyond 64 bits is encoded as a float64 in MessagePack; JavaScript's
 * undefined in MessagePack is null; a SUBSCRIBE that is overtaken by an UNSUBSCRIBE of the same session fails with
 * {@code wamp.error.canceled}; a string with an unpaired surrogate is a protocol violation. In v1 the event of a room
 * is the dict of its message; other v2 payloads are converted to {@code null}, the single argument, the list of
 * arguments, or the dict of keyword arguments.
 */
@NullMarked
package veche.dialect.wamp;

import org.jspecify.annotations.NullMarked;
