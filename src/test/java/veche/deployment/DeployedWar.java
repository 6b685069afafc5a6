package veche.deployment;

import java.io.File;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * The unmodified WAR on the server under test. Classes that run one after the other share its deployment, see
 * {@link SharedDeployment}.
 */
abstract class DeployedWar extends DeployedApplication {
    @Deployment(testable = false)
    static WebArchive war() {
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File("target/veche.war"));
    }
}
