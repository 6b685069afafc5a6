package veche.browser;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** Windows on a shared Tomcat. The page on every server is tested by {@code PageIT}. */
@Tag("browser")
abstract class RealServer extends Windows {
    static ChatServer server;

    @BeforeAll
    static void start() {
        server = ChatServer.shared();
    }

    static Page enter(Page page, String room) {
        return enter(page, server.home(), room);
    }
}
