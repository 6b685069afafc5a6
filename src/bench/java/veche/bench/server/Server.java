package veche.bench.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * One row of the comparison.
 *
 * @param id what the command line calls it
 * @param title what the table calls it
 * @param tongue the load generator's dialect for it
 * @param target the handshake's request target, {@code {room}} for the room
 * @param gc how it is made to collect, see the load generator
 * @param needs files without which it cannot run
 * @param traits what the plan must know of it
 * @param launcher how it is started
 */
public record Server(
        String id,
        String title,
        String tongue,
        String target,
        String gc,
        List<Path> needs,
        List<Trait> traits,
        Launcher launcher) {

    /** What the plan must know of a server. */
    public enum Trait {
        /** The ratios of its table refer to it, so it is measured first there. */
        BASE,
        /** Only the central rows, to stay within the time. */
        BRIEF,
        /** It stores what it acknowledges. */
        DURABLE,
        /** A WAMP router, for the rows of that table. */
        WAMP
    }

    /** Prepares a fresh working folder and says how to start there. */
    public interface Launcher {
        /** The command that serves on 127.0.0.1 at {@code port} and keeps all its files in {@code folder}. */
        ProcessBuilder prepare(int port, Path folder) throws IOException;
    }

    /** Whether it has the trait. */
    public boolean is(Trait trait) {
        return traits.contains(trait);
    }
}
