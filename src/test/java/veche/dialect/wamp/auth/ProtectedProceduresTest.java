package veche.dialect.wamp.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import veche.dialect.wamp.TestRealm;
import veche.dialect.wamp.router.Match;
import veche.dialect.wamp.router.UriAction;
import veche.room.User;

class ProtectedProceduresTest {
    private final UriPolicy policy =
            new ProtectedProcedures(Set.of("com.example.login"), Set.of("admin"), UriPolicy.NONE);

    @ParameterizedTest
    @CsvSource({
        "REGISTER, com.example.login, EXACT, false",
        "CALL, com.example.login, EXACT, false",
        "REGISTER, com., PREFIX, false",
        "REGISTER, com.example.login, PREFIX, false",
        "REGISTER, com..login, WILDCARD, false",
        "REGISTER, com.example.login.x, EXACT, true",
        "REGISTER, com.example.login., PREFIX, true",
        "REGISTER, com.., WILDCARD, false",
        "REGISTER, .example.logout, WILDCARD, true",
        "SUBSCRIBE, com.example.login, EXACT, true",
        "PUBLISH, com.example.login, EXACT, true"
    })
    void onlyAdministratorsRegisterAndCallAProtectedProcedure(UriAction action, String uri, Match match, boolean open) {
        assertEquals(open, permits(TestRealm.user("eve", "staff"), action, uri, match));
        assertEquals(true, permits(TestRealm.user("backend", "staff", "admin"), action, uri, match));
    }

    private boolean permits(User user, UriAction action, String uri, Match match) {
        return policy.grant(user, action, uri, match)
                .toCompletableFuture()
                .join()
                .permitted();
    }
}
