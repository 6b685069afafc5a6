package veche.browser;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** Windows on a shared Payara Micro. */
@Tag("browser")
abstract class RealServer extends Windows {
    static PayaraMicro server;

    @BeforeAll
    static void start() {
        server = PayaraMicro.shared();
    }

    static Page enter(Page page, String room) {
        return enter(page, server.home(), room);
    }
}
