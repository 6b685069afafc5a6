package veche;

import java.lang.System.Logger.Level;
import java.util.Optional;
import javax.naming.InitialContext;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.NoInitialContextException;
import javax.sql.DataSource;

/** The data sources of the container. */
final class NamedDataSource {
    private static final System.Logger LOG = System.getLogger(NamedDataSource.class.getName());

    private NamedDataSource() {}

    /** The data source with that JNDI name, if the container has one. */
    @SuppressWarnings("BanJNDI") // the name is the operator's
    static Optional<DataSource> find(String name) {
        try {
            return Optional.of((DataSource) new InitialContext().lookup(name));
        } catch (NameNotFoundException | NoInitialContextException e) {
            return Optional.empty();
        } catch (NamingException e) {
            LOG.log(Level.DEBUG, "No data source " + name, e);
            return Optional.empty();
        }
    }
}
