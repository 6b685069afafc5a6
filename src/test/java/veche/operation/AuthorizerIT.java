package veche.operation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import veche.npm.Node;
import veche.permission.http.AuthorizerSite;
import veche.testing.Token;

/** The HTTP authorizer and the authorizer procedure together, with an unmodified client of another project. */
@Tag("operation")
class AuthorizerIT {
    @Test
    void theSiteAndTheProcedureMustBothPermit() throws Exception {
        try (AuthorizerSite site = new AuthorizerSite()) {
            site.answer(question -> "{\"allow\":"
                    + !(question.contains("\"user:blocked\"")
                            || question.contains("\"com.shop.secret\"")
                            || question.contains("\"room\":\"staff\""))
                    + "}");
            TomcatNode node = TomcatNode.start(
                    "authorizer",
                    Map.of(
                            "VECHE_TOKEN_SECRET", Token.SECRET,
                            "VECHE_TOKEN_PARAMETER", "true",
                            "VECHE_WAMP_AUTHORIZER", "com.shop.authorize",
                            "VECHE_AUTHORIZE_SECRET", "s3cret",
                            "VECHE_AUTHORIZE_URL", site.url().toString()));
            Node program = Node.find();
            String printed = program.script(
                    program.install(Path.of("src/test/npm/wamp")),
                    "authorizer.cjs",
                    "ws://" + node.address() + "/chat",
                    Token.of("backend", "Backend", "admin"),
                    Token.of("blocked", "Blocked"));
            assertTrue(printed.lines().anyMatch("authorizer: passed"::equals), printed);
            assertTrue(site.questions.stream().anyMatch(question -> question.contains("\"127.0.0.1\"")));
        }
    }
}
