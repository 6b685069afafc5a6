package veche.bench.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A server of the comparison.
 *
 * @param id the name on the command line
 * @param title the title in the tables
 * @param protocol the protocol for the load generator
 * @param target the request target of the handshake, with {@code {room}} for the name of the room
 * @param gc how its garbage collection is triggered, for the load generator
 * @param needs the files that it requires
 * @param traits the properties that the plan depends on
 * @param launcher starts it
 */
public record Server(
        String id,
        String title,
        String protocol,
        String target,
        String gc,
        List<Path> needs,
        List<Trait> traits,
        Launcher launcher) {

    /** The properties of a server that the plan depends on. */
    public enum Trait {
        /** The ratios of its table refer to it; it is measured first. */
        BASE,
        /** Measured briefly: central rows only. */
        BRIEF,
        /** It stores messages before it acknowledges them. */
        DURABLE,
        /** A WAMP router. */
        WAMP
    }

    /** Prepares an empty working folder and returns the command. */
    public interface Launcher {
        /** Returns a command that serves on 127.0.0.1 at {@code port} and stores all files in {@code folder}. */
        ProcessBuilder prepare(int port, Path folder) throws IOException;
    }

    /** Whether the server has the trait. */
    public boolean is(Trait trait) {
        return traits.contains(trait);
    }
}
