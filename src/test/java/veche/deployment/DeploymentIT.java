package veche.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** The same WAR, untouched, on each server of the matrix. */
@ArquillianTest
@RunAsClient
class DeploymentIT {
    @ArquillianResource
    private URL base;

    @Deployment(testable = false)
    static WebArchive war() {
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File("target/veche.war"));
    }

    /** Payara names the machine's own address, and listens on the loopback. */
    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + base.getPort() + base.getPath() + path);
    }

    @Test
    void everyoneInTheRoomHearsWhatIsSaidTheSenderToo() throws IOException {
        try (RawClient ann = new RawClient(at("chat?room=square"));
                RawClient bob = new RawClient(at("chat?room=square"))) {
            assertTrue(ann.answer().startsWith("HTTP/1.1 101"), ann.answer());
            bob.say("Hello");
            assertEquals("Hello", bob.next().text());
            assertEquals("Hello", ann.next().text());
        }
    }
}
