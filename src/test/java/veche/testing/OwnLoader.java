package veche.testing;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Runs code in a class loader of its own, as a container runs a web application. */
public final class OwnLoader {
    private OwnLoader() {}

    /**
     * Runs a task and waits until its class loader has been collected. JDK 17 itself keeps the last loader in which a
     * record was compared (ObjectMethods), hence a second run.
     *
     * @param task has a public constructor without parameters
     */
    public static void assertReleased(Class<? extends Consumer<String>> task, String argument) throws Exception {
        WeakReference<ClassLoader> first = run(task, argument);
        run(task, argument);
        await().until(() -> {
            System.gc();
            return first.get() == null;
        });
    }

    private static WeakReference<ClassLoader> run(Class<? extends Consumer<String>> task, String argument)
            throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            Thread.currentThread().setContextClassLoader(loader);
            @SuppressWarnings("unchecked")
            Consumer<String> copy = (Consumer<String>)
                    loader.loadClass(task.getName()).getDeclaredConstructor().newInstance();
            copy.accept(argument);
            return new WeakReference<>(loader);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private static URL[] classPath() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        for (String entry : path.split(File.pathSeparator)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }
}
