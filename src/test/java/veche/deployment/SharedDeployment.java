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
 * Lets the classes that see the WAR from outside, untouched, share one deployment while they follow each other.
 * Arquillian would make one for each, and for each of those Payara Micro starts anew.
 */
public final class SharedDeployment implements LoadableExtension {
    @Override
    public void register(ExtensionBuilder builder) {
        builder.observer(Sharing.class);
    }

    /** Stands between Arquillian's wish and its deed, within the context of the deployment. */
    public static final class Sharing {
        private static final int WITHIN_CONTEXT = -1;
        /** Where a class gives the WAR settings of its own. */
        private static final String SETTINGS = "WEB-INF/classes/META-INF/microprofile-config.properties";

        @Inject
        @DeploymentScoped
        private InstanceProducer<ProtocolMetaData> address;

        private DeployableContainer<?> server;
        private Archive<?> deployed;
        private ProtocolMetaData known;

        void deploy(@Observes(precedence = WITHIN_CONTEXT) EventContext<DeployDeployment> wish)
                throws DeploymentException {
            Deployment deployment = wish.getEvent().getDeployment();
            if (isShared(deployment) && deployed != null) {
                address.set(known);
                deployment.deployed();
                return;
            }
            end();
            wish.proceed();
            if (isShared(deployment)) {
                server = wish.getEvent().getDeployableContainer();
                deployed = deployment.getDescription().getArchive();
                known = address.get();
            }
        }

        void undeploy(@Observes(precedence = WITHIN_CONTEXT) EventContext<UnDeployDeployment> wish) {
            if (isShared(wish.getEvent().getDeployment())) {
                wish.getEvent().getDeployment().undeployed();
            } else {
                wish.proceed();
            }
        }

        void stop(@Observes BeforeStop stopping) throws DeploymentException {
            end();
        }

        private void end() throws DeploymentException {
            if (deployed != null) {
                Archive<?> closeStatus = deployed;
                deployed = null;
                server.undeploy(closeStatus);
            }
        }

        private static boolean isShared(Deployment deployment) {
            DeploymentDescription description = deployment.getDescription();
            return description.managed()
                    && !description.testable()
                    && description.getArchive().getName().equals("veche.war")
                    && !description.getArchive().contains(SETTINGS);
        }
    }
}
