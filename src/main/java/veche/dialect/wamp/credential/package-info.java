/**
 * The credential store in a file: {@link veche.dialect.wamp.credential.CredentialFile} reads it, and
 * {@link veche.dialect.wamp.credential.CredentialCommand} creates its entries. It contains no secrets in plain text.
 */
@NullMarked
package veche.dialect.wamp.credential;

import org.jspecify.annotations.NullMarked;
