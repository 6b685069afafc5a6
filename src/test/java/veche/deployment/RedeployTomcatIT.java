package veche.deployment;

import java.io.File;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Repeated redeployments. Tomcat's manager reports which class loaders of undeployed applications are still held. */
@Tag("tomcat")
@Tag(SecondServerSuite.TAG)
@ArquillianTest
@Order(DeploymentOrder.OWN)
@RunAsClient
class RedeployTomcatIT {
    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = "veche", managed = false, testable = false)
    static WebArchive war() {
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File("target/veche.war"));
    }

    @Test
    void aRedeploymentClosesClientsWithAReconnectWindowAndLeaksNoClassLoader() throws Exception {
        new RedeployRounds(deployer).run(() -> {});
    }
}
