package veche;

import jakarta.servlet.ServletContext;
import java.lang.System.Logger.Level;
import java.util.Set;

/**
 * Loads all classes of the application at startup. Payara Micro deletes the unpacked application while it stops, so a
 * class that is first used during shutdown could not be loaded.
 */
final class EagerClassLoading {
    private static final System.Logger LOG = System.getLogger(EagerClassLoading.class.getName());
    private static final String CLASSES = "/WEB-INF/classes/";
    private static final String SUFFIX = ".class";

    private EagerClassLoading() {}

    static void of(ServletContext context) {
        load(context, CLASSES + "veche/");
    }

    private static void load(ServletContext context, String folder) {
        Set<String> paths = context.getResourcePaths(folder);
        if (paths == null) {
            return;
        }
        for (String path : paths) {
            if (path.endsWith("/")) {
                load(context, path);
            } else if (path.endsWith(SUFFIX) && !path.contains("-info.")) {
                load(path.substring(CLASSES.length(), path.length() - SUFFIX.length())
                        .replace('/', '.'));
            }
        }
    }

    private static void load(String name) {
        try {
            Class.forName(name, false, EagerClassLoading.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            // The transport of another server: its superclass exists on that server only.
            LOG.log(Level.DEBUG, "Not loaded on this server: " + name, e);
        }
    }
}
