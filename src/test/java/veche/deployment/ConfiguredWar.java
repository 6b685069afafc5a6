package veche.deployment;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import veche.testing.Token;

/**
 * The WAR with high limits, a memory log and a token secret, for all test classes that need other than the defaults.
 */
@Tag(SecondServerSuite.TAG)
abstract class ConfiguredWar extends DeployedApplication {
    /** Of text and binary messages, bytes. */
    static final int MAX_MESSAGE_BYTES = 20_000_000;

    static final String SETTINGS_FILE = "classes/META-INF/microprofile-config.properties";

    static final Path RULES_FILE =
            Path.of("target", "rules-" + ProcessHandle.current().pid()).toAbsolutePath();

    static final String RULES = String.join(
            "\n",
            "* * member",
            "guest staff-* -read",
            "guest notices -write",
            "* uri:* all",
            "guest uri:* -register -meta",
            "guest uri:com.shop.admin.* -call",
            "");

    private static final String SETTINGS = String.join(
            "\n",
            "veche.log=memory",
            "veche.plain.max-characters=" + MAX_MESSAGE_BYTES,
            "veche.max-text-bytes=" + MAX_MESSAGE_BYTES,
            "veche.max-binary-bytes=" + MAX_MESSAGE_BYTES,
            "veche.socket.max-pending-bytes=40000000",
            "veche.socket.max-node-pending-bytes=80000000",
            "veche.socket.max-stall=60s",
            "veche.token.secret=" + Token.SECRET,
            "veche.token.parameter=true",
            "veche.token.clock-skew=0s",
            "veche.token.warning=3s",
            "veche.trusted-proxies=127.0.0.1",
            "veche.wamp.credentials=" + IssuedCredentials.file(),
            "veche.limit.failed-logins-per-address=1/h burst 3",
            "veche.hosts=127.0.0.1,ws.site.com",
            "veche.limit.handshakes-per-address=1/h burst 20",
            "veche.limit.connections-per-address=2",
            "veche.limit.messages-per-user=1/h burst 3",
            "veche.limit.input-messages-per-connection=1/h burst 10",
            "veche.rules=" + RULES_FILE.toString().replace('\\', '/'),
            "veche.rules.refresh=500ms",
            "");

    @Deployment(testable = false)
    static WebArchive war() {
        applyRules(RULES);
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File("target/veche.war"))
                .addClasses(SiteLogin.class, ApplicationCredentials.class)
                .addAsWebInfResource(new StringAsset(SETTINGS), SETTINGS_FILE);
    }

    /** Replaces the rules at once, as the server may read the file at any time. */
    static void applyRules(String rules) {
        try {
            Path written = Files.writeString(Path.of(RULES_FILE + ".new"), rules);
            Files.move(written, RULES_FILE, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
