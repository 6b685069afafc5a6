package veche.deployment;

/**
 * Values for JUnit's {@code @Order} on test classes, so that classes with the same deployment are consecutive and share
 * it ({@link SharedDeployment}). Classes without {@code @Order} deploy the WAR as it is built and run first.
 */
public final class DeploymentOrder {
    /** Classes that deploy {@link ConfiguredWar}. */
    public static final int CONFIGURED = Integer.MAX_VALUE - 1;
    /** Classes whose deployment is theirs alone. */
    public static final int OWN = Integer.MAX_VALUE;

    private DeploymentOrder() {}
}
