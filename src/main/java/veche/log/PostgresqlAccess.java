package veche.log;

/**
 * How a PostgreSQL database is reached.
 *
 * @param url the JDBC URL, {@code jdbc:postgresql://host:port/database}; its parameters take precedence over those that
 *     the log sets
 */
public record PostgresqlAccess(String url, String user, String password) {
    /** Omits the password and the parameters of the URL, which may contain one. */
    @Override
    public String toString() {
        return url.replaceFirst("\\?.*", "");
    }
}
