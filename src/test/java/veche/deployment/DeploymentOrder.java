package veche.deployment;

import java.util.Comparator;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;
import org.junit.jupiter.api.Order;

/**
 * Orders test classes by their {@code @Order}, so that classes with the same deployment are consecutive and share it
 * ({@link SharedDeployment}), then by name. Classes without {@code @Order} deploy the WAR as it is built and run first.
 */
public final class DeploymentOrder implements ClassOrderer {
    /**
     * As {@link #CONFIGURED}, but first: while the other process has light classes, since a browser needs a processor.
     */
    public static final int CONFIGURED_WITH_BROWSER = Integer.MAX_VALUE - 2;
    /** Classes that deploy {@link ConfiguredWar}. */
    public static final int CONFIGURED = Integer.MAX_VALUE - 1;
    /** Classes whose deployment is theirs alone. */
    public static final int OWN = Integer.MAX_VALUE;

    @Override
    public void orderClasses(ClassOrdererContext context) {
        context.getClassDescriptors()
                .sort(Comparator.comparingInt(DeploymentOrder::order)
                        .thenComparing(descriptor -> descriptor.getTestClass().getName()));
    }

    private static int order(ClassDescriptor descriptor) {
        return descriptor.findAnnotation(Order.class).map(Order::value).orElse(Order.DEFAULT);
    }
}
