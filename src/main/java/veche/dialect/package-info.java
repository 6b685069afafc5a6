/**
 * What every dialect is: a {@link veche.dialect.Dialect} opens a {@link veche.dialect.DialectSession} for each client,
 * which hears frames and talks to its {@link veche.dialect.Client}; what all hear is put into frames by a shared
 * {@link veche.dialect.MessageEncoder}. Knows no socket and no container.
 */
package veche.dialect;
