package veche.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page resumes after network failures, server restarts and device sleep without gaps or duplicates. */
class ChatReconnectIT extends RealServer {
    private static final LocatorAssertions.IsVisibleOptions IN_TIME =
            new LocatorAssertions.IsVisibleOptions().setTimeout(60_000);
    private FaultyProxy proxy;
    private String room;

    @BeforeEach
    void startTheProxy() {
        proxy = new FaultyProxy(server.port());
        room = newRoom();
    }

    @AfterEach
    void stopTheProxy() {
        proxy.close();
    }

    @Test
    void missedMessagesArriveOnceAndOfflineMessagesAreSent() {
        Page anna = enter(window("Anna"), proxy.home(), room);
        Page boris = enter(window("Boris"), room);
        sendAndAwait(anna, "before");
        proxy.cut();
        assertThat(anna.locator("#trouble-text")).hasText("The connection was lost (code 1006).");
        sendAndAwait(boris, "meanwhile one");
        sendAndAwait(boris, "meanwhile two");
        send(anna, "written offline");
        assertThat(anna.locator("#waiting .status")).hasText("waiting for connection");
        keep(anna, "offline");
        proxy.restore();
        var all = new String[] {"before", "meanwhile one", "meanwhile two", "written offline"};
        assertThat(bubbles(anna)).hasText(all, RECONNECTED);
        assertThat(bubbles(boris)).hasText(all);
        assertThat(anna.locator("#waiting > li")).hasCount(0);
    }

    @Test
    void offlineMessagesSurviveAReload() {
        Page anna = enter(window("Anna"), proxy.home(), room);
        proxy.cut();
        assertThat(anna.locator("#trouble")).isVisible();
        send(anna, "written before the reload");
        attach(anna, "square.png", Pictures.landscape(64, 40));
        assertThat(anna.locator("#tray > li")).hasCount(1);
        anna.locator("#send").click();
        assertThat(anna.locator("#waiting > li")).hasCount(2);
        proxy.restore();
        enter(anna, proxy.home(), room);
        assertThat(message(anna, "written before the reload")).isVisible();
        assertThat(anna.locator("#messages img")).isVisible();
        assertThat(anna.locator("#waiting > li")).hasCount(0);
    }

    @Test
    void aMessageWhoseAcknowledgementWasLostIsDeliveredOnce() {
        Page anna = enter(window("Anna"), proxy.home(), room);
        Page boris = enter(window("Boris"), room);
        proxy.loseAnswers();
        send(anna, "delivered or not?");
        assertThat(message(boris, "delivered or not?")).isVisible();
        assertThat(anna.locator("#waiting .status")).hasText("sending …");
        proxy.restore();
        assertThat(bubbles(anna)).hasText(new String[] {"delivered or not?"}, RECONNECTED);
        assertThat(anna.locator("#waiting > li")).hasCount(0);
        sendAndAwait(boris, "once");
        assertThat(bubbles(anna)).hasText(new String[] {"delivered or not?", "once"});
        assertThat(bubbles(boris)).hasText(new String[] {"delivered or not?", "once"});
    }

    @Test
    void thePageFollowsTheBrowsersOfflineAndOnlineEvents() {
        Page anna = enter(window("Anna"), proxy.home(), room);
        anna.context().setOffline(true);
        proxy.cut();
        assertThat(anna.locator("#state")).hasText("Closed");
        proxy.restore();
        anna.context().setOffline(false);
        assertThat(anna.locator("#ready-state")).hasText("1 OPEN", RECONNECTED);
        sendAndAwait(anna, "back");
    }

    @Test
    void thePageResumesAfterAServerRestart() {
        Page anna = enter(window("Anna"), room);
        Page boris = enter(window("Boris"), room);
        sendAndAwait(anna, "before the restart");
        server.stop();
        assertThat(anna.locator("#trouble-text")).isVisible();
        send(anna, "Are you still there?");
        assertThat(anna.locator("#waiting .status")).hasText("waiting for connection");
        server.start();
        var all = new String[] {"before the restart", "Are you still there?"};
        assertThat(bubbles(anna)).hasText(all, RECONNECTED);
        assertThat(bubbles(boris)).hasText(all, RECONNECTED);
        assertThat(anna.locator("#notice")).isHidden();
        sendAndAwait(boris, "Welcome back");
        assertThat(bubbles(anna)).hasCount(3);
    }

    @Test
    void aServerCrashLosesNoAcknowledgedMessage() {
        Page anna = enter(window("Anna"), room);
        sendAndAwait(anna, "durable");
        server.kill();
        assertThat(anna.locator("#last-close")).containsText("The connection was lost (code 1006).");
        server.start();
        assertThat(anna.locator("#ready-state")).hasText("1 OPEN", RECONNECTED);
        sendAndAwait(anna, "and on");
        assertThat(bubbles(anna)).hasText(new String[] {"durable", "and on"});
    }

    /** Timers are suspended, the network drops the connection silently, the clock jumps. */
    @Test
    void aPhoneThatSleptForAnHourResumes() {
        Page anna = window("Anna");
        anna.clock().install();
        enter(anna, proxy.home(), room);
        Page boris = enter(window("Boris"), room);
        sendAndAwait(anna, "good night");
        proxy.loseAnswers();
        anna.clock().pauseAt(System.currentTimeMillis() + 3_000); // later than the page's clock when the call arrives
        for (int count = 1; count <= 3; count++) {
            sendAndAwait(boris, "in the night " + count);
        }
        proxy.cut();
        assertThat(anna.locator("#state")).hasText("Closed");
        proxy.restore();
        anna.clock().fastForward("01:00:00");
        anna.clock().resume();
        assertThat(bubbles(anna))
                .hasText(
                        new String[] {"good night", "in the night 1", "in the night 2", "in the night 3"}, RECONNECTED);
        assertEquals(List.of(), anna.locator("#waiting > li").allTextContents());
    }

    @Test
    void aDeadConnectionIsDetectedWhenThePageBecomesVisible() {
        Page anna = enter(window("Anna"), proxy.home(), room);
        Page boris = enter(window("Boris"), room);
        proxy.loseAnswers();
        sendAndAwait(boris, "into the silence");
        anna.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
        assertThat(anna.locator("#last-close"))
                .containsText("1006", new LocatorAssertions.ContainsTextOptions().setTimeout(20_000));
        proxy.restore();
        assertThat(message(anna, "into the silence")).isVisible(IN_TIME);
    }

    @Test
    void thePageReconnectsAfterTheClockJumpedBack() {
        Page anna = window("Anna");
        enter(anna, proxy.home(), room);
        anna.evaluate(
                "() => { const { now } = Date; Date.now = () => now() - 5 * 3600 * 1000; Math.random = () => 0.99; }");
        proxy.cut();
        assertThat(anna.locator("#state")).hasText("Closed");
        anna.waitForCondition(() -> {
            var next = anna.locator("#trouble-next").textContent();
            return next.matches("Reconnecting in \\d{1,2} seconds?\\.|Reconnecting …");
        });
        proxy.restore();
        assertThat(anna.locator("#ready-state")).hasText("1 OPEN", RECONNECTED);
        sendAndAwait(anna, "what time is it?");
    }
}
