package veche.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The network and the server go and come back, and so does the page: without a hole, without a double. */
class ChatComesBackIT extends RealServer {
    private static final LocatorAssertions.IsVisibleOptions IN_TIME =
            new LocatorAssertions.IsVisibleOptions().setTimeout(60_000);
    private Line line;
    private String room;

    @BeforeEach
    void layTheLine() {
        line = new Line(server.port());
        room = newRoom();
    }

    @AfterEach
    void takeTheLineAway() {
        line.close();
    }

    @Test
    void whatWasMissedComesWithoutHoleOrDoubleAndWhatWasWrittenOfflineGoesOut() {
        Page anna = enter(window("Anna"), line.home(), room);
        Page boris = enter(window("Boris"), room);
        saidBy(anna, "before");
        line.cut();
        assertThat(anna.locator("#trouble-words")).hasText("The connection was lost (code 1006).");
        saidBy(boris, "meanwhile one");
        saidBy(boris, "meanwhile two");
        say(anna, "written offline");
        assertThat(anna.locator("#waiting .status")).hasText("waits for the connection");
        keep(anna, "offline");
        line.restore();
        var all = new String[] {"before", "meanwhile one", "meanwhile two", "written offline"};
        assertThat(said(anna)).hasText(all, TOLD);
        assertThat(said(boris)).hasText(all);
        assertThat(anna.locator("#waiting > li")).hasCount(0);
    }

    @Test
    void whatWasWrittenOfflineOutlivesThePage() {
        Page anna = enter(window("Anna"), line.home(), room);
        line.cut();
        assertThat(anna.locator("#trouble")).isVisible();
        say(anna, "written before the page went");
        pick(anna, "square.png", Pictures.landscape(64, 40));
        assertThat(anna.locator("#tray > li")).hasCount(1);
        anna.locator("#send").click();
        assertThat(anna.locator("#waiting > li")).hasCount(2);
        line.restore();
        enter(anna, line.home(), room);
        assertThat(message(anna, "written before the page went")).isVisible();
        assertThat(anna.locator("#messages img")).isVisible();
        assertThat(anna.locator("#waiting > li")).hasCount(0);
    }

    @Test
    void whatTheServerHeardWithoutItsAnswerArrivingIsSaidOnce() {
        Page anna = enter(window("Anna"), line.home(), room);
        Page boris = enter(window("Boris"), room);
        line.loseAnswers();
        say(anna, "heard or not?");
        assertThat(message(boris, "heard or not?")).isVisible();
        assertThat(anna.locator("#waiting .status")).hasText("on its way");
        line.restore();
        assertThat(said(anna)).hasText(new String[] {"heard or not?"}, TOLD);
        assertThat(anna.locator("#waiting > li")).hasCount(0);
        saidBy(boris, "once");
        assertThat(said(anna)).hasText(new String[] {"heard or not?", "once"});
        assertThat(said(boris)).hasText(new String[] {"heard or not?", "once"});
    }

    @Test
    void theBrowserSaysOfflineAndOnlineAndThePageFollows() {
        Page anna = enter(window("Anna"), line.home(), room);
        anna.context().setOffline(true);
        line.cut();
        assertThat(anna.locator("#state")).hasText("Closed");
        line.restore();
        anna.context().setOffline(false);
        assertThat(anna.locator("#ready-state")).hasText("1 OPEN", COMING_BACK);
        saidBy(anna, "back");
    }

    @Test
    void theServerRestartsAndThePageResumes() {
        Page anna = enter(window("Anna"), room);
        Page boris = enter(window("Boris"), room);
        saidBy(anna, "before the restart");
        server.stop();
        assertThat(anna.locator("#trouble-words")).isVisible();
        say(anna, "Are you still there?");
        assertThat(anna.locator("#waiting .status")).hasText("waits for the connection");
        server.start();
        var all = new String[] {"before the restart", "Are you still there?"};
        assertThat(said(anna)).hasText(all, TOLD);
        assertThat(said(boris)).hasText(all, TOLD);
        assertThat(anna.locator("#notice")).isHidden();
        saidBy(boris, "Welcome back");
        assertThat(said(anna)).hasCount(3);
    }

    @Test
    void aPowerCutOfTheServerLosesNothingAcknowledged() {
        Page anna = enter(window("Anna"), room);
        saidBy(anna, "durable");
        server.kill();
        assertThat(anna.locator("#last-close")).containsText("The connection was lost (code 1006).");
        server.start();
        assertThat(anna.locator("#ready-state")).hasText("1 OPEN", COMING_BACK);
        saidBy(anna, "and on");
        assertThat(said(anna)).hasText(new String[] {"durable", "and on"});
    }

    /** A phone in a pocket: timers stand still, the network forgets the connection without a word, the clock jumps. */
    @Test
    void aPhoneThatSleptAnHourWakesToTheRightState() {
        Page anna = window("Anna");
        anna.clock().install();
        enter(anna, line.home(), room);
        Page boris = enter(window("Boris"), room);
        saidBy(anna, "good night");
        line.loseAnswers();
        anna.clock().pauseAt(System.currentTimeMillis() + 3_000); // later than whenever it arrives there
        for (int count = 1; count <= 3; count++) {
            saidBy(boris, "in the night " + count);
        }
        line.cut();
        assertThat(anna.locator("#state")).hasText("Closed");
        line.restore();
        anna.clock().fastForward("01:00:00");
        anna.clock().resume();
        assertThat(said(anna))
                .hasText(new String[] {"good night", "in the night 1", "in the night 2", "in the night 3"}, TOLD);
        assertEquals(List.of(), anna.locator("#waiting > li").allTextContents());
    }

    @Test
    void aLineThatFallsSilentIsNoticedWhenThePageIsLookedAtAgain() {
        Page anna = enter(window("Anna"), line.home(), room);
        Page boris = enter(window("Boris"), room);
        line.loseAnswers();
        saidBy(boris, "into the silence");
        anna.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
        assertThat(anna.locator("#last-close"))
                .containsText("1006", new LocatorAssertions.ContainsTextOptions().setTimeout(20_000));
        line.restore();
        assertThat(message(anna, "into the silence")).isVisible(IN_TIME);
    }

    @Test
    void theClockOfTheDeviceMayJumpBack() {
        Page anna = window("Anna");
        enter(anna, line.home(), room);
        anna.evaluate(
                "() => { const { now } = Date; Date.now = () => now() - 5 * 3600 * 1000; Math.random = () => 0.99; }");
        line.cut();
        assertThat(anna.locator("#state")).hasText("Closed");
        anna.waitForCondition(() -> {
            var next = anna.locator("#trouble-next").textContent();
            return next.matches("Next try in \\d{1,2} seconds?\\.|Trying again …");
        });
        line.restore();
        assertThat(anna.locator("#ready-state")).hasText("1 OPEN", COMING_BACK);
        saidBy(anna, "what time is it?");
    }

    private static final LocatorAssertions.HasTextOptions TOLD =
            new LocatorAssertions.HasTextOptions().setTimeout(60_000);
}
