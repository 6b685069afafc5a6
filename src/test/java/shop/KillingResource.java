package shop;

import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** A resource of a transaction that kills its process when it is asked to commit, once all others are prepared. */
final class KillingResource implements XAResource {
    /** The names on WildFly and on Payara. */
    private static final List<String> MANAGERS =
            List.of("java:jboss/TransactionManager", "java:appserver/TransactionManager");

    private KillingResource() {}

    /** Joins the current transaction; the resources that join it later are committed later. */
    static void enlist() {
        try {
            manager().getTransaction().enlistResource(new KillingResource());
        } catch (NamingException | SystemException | RollbackException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TransactionManager manager() throws NamingException {
        NamingException none = new NamingException();
        for (String name : MANAGERS) {
            try {
                return (TransactionManager) new InitialContext().lookup(name);
            } catch (NamingException e) {
                none.addSuppressed(e);
            }
        }
        throw none;
    }

    @Override
    public int prepare(Xid id) {
        return XA_OK;
    }

    @Override
    public void commit(Xid id, boolean onePhase) {
        kill();
    }

    /** As {@code kill -9}; does not return. */
    static void kill() {
        try {
            new ProcessBuilder(
                            "kill", "-9", Long.toString(ProcessHandle.current().pid()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        while (true) {
            LockSupport.park();
        }
    }

    @Override
    public void rollback(Xid id) {}

    @Override
    public void start(Xid id, int flags) {}

    @Override
    public void end(Xid id, int flags) {}

    @Override
    public void forget(Xid id) {}

    @Override
    public Xid[] recover(int flag) {
        return new Xid[0];
    }

    @Override
    public boolean isSameRM(XAResource other) {
        return other == this;
    }

    @Override
    public int getTransactionTimeout() {
        return 0;
    }

    @Override
    public boolean setTransactionTimeout(int seconds) {
        return false;
    }
}
