/**
 * How a client proves who it is: {@code anonymous}, {@code ticket}, {@code wampcra}, {@code wamp-scram} and
 * {@code cryptosign} (advanced profile, "Authentication Methods"), over one small port to wherever secrets are kept.
 */
package veche.dialect.wamp.auth;
