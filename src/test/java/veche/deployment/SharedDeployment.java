package veche.deployment;

import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.client.deployment.Deployment;
import org.jboss.arquillian.container.spi.client.deployment.DeploymentDescription;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.arquillian.container.spi.context.annotation.DeploymentScoped;
import org.jboss.arquillian.container.spi.event.DeployDeployment;
import org.jboss.arquillian.container.spi.event.UnDeployDeployment;
import org.jboss.arquillian.container.spi.event.container.BeforeStop;
import org.jboss.arquillian.core.api.InstanceProducer;
import org.jboss.arquillian.core.api.annotation.Inject;
import org.jboss.arquillian.core.api.annotation.Observes;
import org.jboss.arquillian.core.spi.EventContext;
import org.jboss.arquillian.core.spi.LoadableExtension;
import org.jboss.shrinkwrap.api.Archive;

/**
 * Lets consecutive test classes share one deployment where both deploy the WAR as it is built, or both
 * {@link ConfiguredWar}. Without it Arquillian deploys for each class, and Payara Micro starts anew for each
 * deployment.
 */
public final class SharedDeployment implements LoadableExtension {
    @Override
    public void register(ExtensionBuilder builder) {
        builder.observer(Sharing.class);
    }

    /** Intercepts the deployment events of Arquillian. */
    public static final class Sharing {
        private static final int WITHIN_CONTEXT = -1;

        @Inject
        @DeploymentScoped
        private InstanceProducer<ProtocolMetaData> metaData;

        private DeployableContainer<?> server;
        private Archive<?> current;
        private ProtocolMetaData currentMetaData;

        void deploy(@Observes(precedence = WITHIN_CONTEXT) EventContext<DeployDeployment> context)
                throws DeploymentException {
            Deployment deployment = context.getEvent().getDeployment();
            Archive<?> archive = deployment.getDescription().getArchive();
            if (isShared(deployment) && current != null && isConfigured(current) == isConfigured(archive)) {
                metaData.set(currentMetaData);
                deployment.deployed();
                return;
            }
            undeployCurrent();
            context.proceed();
            if (isShared(deployment)) {
                server = context.getEvent().getDeployableContainer();
                current = archive;
                currentMetaData = metaData.get();
            }
        }

        void undeploy(@Observes(precedence = WITHIN_CONTEXT) EventContext<UnDeployDeployment> context) {
            Deployment deployment = context.getEvent().getDeployment();
            if (isShared(deployment)) {
                deployment.undeployed();
            } else {
                context.proceed();
            }
        }

        void stop(@Observes BeforeStop stopping) throws DeploymentException {
            undeployCurrent();
        }

        private void undeployCurrent() throws DeploymentException {
            if (current != null) {
                Archive<?> previous = current;
                current = null;
                server.undeploy(previous);
            }
        }

        private static boolean isConfigured(Archive<?> archive) {
            return archive.contains("WEB-INF/" + ConfiguredWar.SETTINGS_FILE);
        }

        private static boolean isShared(Deployment deployment) {
            DeploymentDescription description = deployment.getDescription();
            return description.managed() && !description.testable();
        }
    }
}
