/**
 * Authentication methods of WAMP clients: {@code anonymous}, {@code ticket}, {@code wampcra}, {@code wamp-scram} and
 * {@code cryptosign} (advanced profile, "Authentication Methods"). {@link veche.dialect.wamp.auth.Credentials} is the
 * port to the credential store.
 */
@NullMarked
package veche.dialect.wamp.auth;

import org.jspecify.annotations.NullMarked;
