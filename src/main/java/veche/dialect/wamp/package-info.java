/**
 * WAMP, the Web Application Messaging Protocol, v1 and v2, over one router. {@link veche.dialect.wamp.WampDialects} sets
 * it up; {@link veche.dialect.wamp.Realm} is for application code in the same server.
 *
 * <p><b>Basic profile:</b> whole: sessions, publish and subscribe, calls, loose and strict URIs, request ids that count
 * up by one, ABORT for every violation, the ordering guarantees. Serializations: JSON, MessagePack and CBOR, plain and
 * batched.
 *
 * <p><b>Advanced profile:</b> progressive call results and invocations, call canceling (skip, kill, killnowait), call
 * timeout, caller and publisher identification, pattern-based subscription and registration, shared registration,
 * publisher exclusion, black- and whitelisting, event retention, event history (of rooms), session, subscription and
 * registration meta API, testaments, payload passthru mode; authentication by anonymous, ticket (a JSON Web Token), wampcra, wamp-scram
 * (PBKDF2) and cryptosign. Not there, and not announced: sharding, call rerouting, trust levels, revocation by the
 * router, reflection, Argon2, channel binding.
 *
 * <p><b>Rooms:</b> topic {@code veche.room.<room>} is a room's log: PUBLISHED follows the commit, SUBSCRIBE's option
 * {@code _after} resumes without a hole. What passes in a room is published on {@code veche.room.<room>.joined},
 * {@code .left}, {@code .typing} and {@code .read}. The procedures are {@code veche.join}, {@code leave}, {@code send},
 * {@code history}, {@code members}, {@code rooms}, {@code edit}, {@code delete}, {@code react}, {@code typing},
 * {@code read}, {@code search} and {@code whoami}; for moderators {@code veche.kick}, {@code ban}, {@code unban},
 * {@code mute}, {@code unmute}, {@code sanctions} and {@code audit}. A message is a dict of {@code id}, {@code room},
 * {@code epoch}, {@code position}, {@code at}, {@code author}, {@code kind} and, where it has them, {@code text},
 * {@code name} and {@code data} (see {@link veche.room.Message} for what they are in a file), {@code target}, {@code key}
 * and {@code deleted}. A room's events always name their author and never the publishing session; black- and whitelists hold
 * for live listeners only, since the log does not keep them.
 *
 * <p><b>Choices</b> where specifications are silent or contradict: a canceled call fails with
 * {@code wamp.error.canceled}; batched JSON is answered with the separator that the client's first frame shows (0x1e, or
 * Autobahn's 0x18); NaN goes into JSON as null; an integer beyond 64 bits goes into MessagePack as a float64;
 * JavaScript's undefined in MessagePack is null; a SUBSCRIBE that its session's UNSUBSCRIBE overtakes fails with
 * {@code wamp.error.canceled}; a string with half a surrogate pair is a violation. In v1 a room's
 * event is the dict of its message, and other values of v2 are put as {@code null}, the one argument, the list of them,
 * or the dict of keywords.
 */
package veche.dialect.wamp;
