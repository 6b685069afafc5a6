package veche.identity;

/** Decides under which names guests appear. Implementations are thread-safe and must not block. */
@FunctionalInterface
public interface GuestNames {
    /** Guests appear under any name. */
    GuestNames ANY = name -> name;

    /** Returns the name under which a guest appears that asks for the given valid display name. */
    String available(String name);
}
