package veche.api;

import java.util.Optional;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** The naming context of the application. */
final class Naming {
    /** Jakarta Transactions 2.0, {@code TransactionSynchronizationRegistry}. */
    static final String TRANSACTIONS = "java:comp/TransactionSynchronizationRegistry";

    private Naming() {}

    /** What has that name; empty if there is nothing, or no naming context. */
    @SuppressWarnings("BanJNDI") // the names are constants
    static Optional<Object> find(String name) {
        try {
            return Optional.ofNullable(new InitialContext().lookup(name));
        } catch (NamingException e) {
            System.getLogger("veche.api").log(System.Logger.Level.DEBUG, "Nothing has the name " + name, e);
            return Optional.empty();
        }
    }
}
