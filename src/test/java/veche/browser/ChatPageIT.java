package veche.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** People talk on a real server: each thing that a message can be, in two windows. */
class ChatPageIT extends RealServer {

    @Test
    void twoWindowsTalkAndTheSenderSeesThatTheServerHasIt() {
        var room = newRoom();
        Page anna = enter(window("Anna"), room);
        Page boris = enter(window("Boris"), room);
        say(anna, "Good morning, everyone");
        assertThat(said(boris)).hasText(new String[] {"Good morning, everyone"});
        say(boris, "Доброе утро 👋");
        assertThat(said(anna)).hasText(new String[] {"Good morning, everyone", "Доброе утро 👋"});
        assertThat(anna.locator("article.own .tick")).hasAttribute("aria-label", "The server has it");
        assertThat(anna.locator("article.own .author")).hasText("Anna");
        assertThat(anna.locator("#waiting > li")).hasCount(0);
        assertThat(boris.locator("#announce")).hasText("Anna: Good morning, everyone");
    }

    @Test
    void whoIsInAnotherRoomHearsNothing() {
        Page here = enter(window("Anna"), newRoom());
        Page there = enter(window("Boris"), newRoom());
        saidBy(here, "for this room");
        saidBy(there, "for that room");
        assertThat(said(there)).hasText(new String[] {"for that room"});
    }

    @Test
    void onesOwnMessageIsEdited() {
        var room = newRoom();
        Page anna = enter(window("Anna"), room);
        Page boris = enter(window("Boris"), room);
        saidBy(anna, "A typo hree");
        anna.locator("#say").press("ArrowUp");
        assertThat(anna.locator("#context-title")).hasText("Changing your message");
        assertThat(anna.locator("#say")).hasValue("A typo hree");
        assertThat(anna.locator("#send")).hasText("Save");
        keep(anna, "editing");
        say(anna, "A typo here");
        assertThat(anna.locator("#send")).hasText("Say");
        assertThat(said(boris)).hasText(new String[] {"A typo here"});
        assertThat(boris.locator(".edited")).hasText("edited");
        assertThat(anna.locator("#say")).hasValue("");
        boris.reload();
        assertThat(said(boris)).hasText(new String[] {"A typo here"});
    }

    @Test
    void aFollowUpShowsItsTimeThatTheServerHasItAndThatItWasEdited() {
        var room = newRoom();
        Page anna = enter(window("Anna"), room);
        saidBy(anna, "The first one");
        saidBy(anna, "A second one");
        anna.locator("#say").press("ArrowUp");
        say(anna, "The second one");
        Locator second = message(anna, "The second one");
        assertThat(second).hasClass(Pattern.compile("continued"));
        for (var mark : List.of("time", ".tick", ".edited")) {
            assertThat(second.locator(mark)).isVisible();
        }
        anna.mouse().move(0, 0);
        keep(anna, "follow-up");
        assertEquals(true, second.evaluate("""
                        article => {
                          const [head, bubble] = ['.head', '.bubble'].map(name => article.querySelector(name));
                          return getComputedStyle(head).opacity === '1' && head.getBoundingClientRect().left >= bubble.getBoundingClientRect().right;
                        }"""));
    }

    @Test
    void onesOwnMessageIsDeletedForEveryoneAndOthersCannot() {
        var room = newRoom();
        Page anna = enter(window("Anna"), room);
        Page boris = enter(window("Boris"), room);
        saidBy(anna, "never mind");
        message(boris, "never mind").hover();
        assertThat(boris.locator(".actions [data-action=remove]")).isHidden();
        assertThat(boris.locator(".actions [data-action=edit]")).isHidden();
        act(anna, message(anna, "never mind"), "remove");
        anna.locator("#remove button[value=remove]").click();
        assertThat(said(boris)).hasText(new String[] {"Taken back"});
        assertThat(said(anna)).hasText(new String[] {"Taken back"});
    }

    @Test
    void reactionsAreCountedAndTakenBack() {
        var room = newRoom();
        Page anna = enter(window("Anna"), room);
        Page boris = enter(window("Boris"), room);
        saidBy(anna, "The bell is cast");
        Locator heard = message(boris, "The bell is cast");
        heard.hover();
        boris.locator(".actions .emoji").first().click();
        assertThat(message(anna, "The bell").locator(".reaction .tally")).hasText("1");
        assertThat(message(anna, "The bell").locator(".reaction")).hasAttribute("aria-label", "👍 1, Boris");
        message(anna, "The bell").locator(".reaction").click();
        assertThat(heard.locator(".reaction .tally")).hasText("2");
        assertThat(heard.locator(".reaction")).hasAttribute("aria-label", "👍 2, Boris, Anna");
        assertThat(message(anna, "The bell")).isFocused();
        heard.locator(".reaction").click();
        assertThat(message(anna, "The bell").locator(".reaction .tally")).hasText("1");
        assertThat(heard.locator(".reaction")).hasAttribute("aria-pressed", "false");
        act(boris, heard, "pick");
        boris.locator("#emoji button").nth(5).click();
        assertThat(message(anna, "The bell").locator(".reaction")).hasCount(2);
    }

    @Test
    void aReplyQuotesWhatItAnswersAndLeadsThere() {
        var room = newRoom();
        Page anna = enter(window("Anna"), room);
        Page boris = enter(window("Boris"), room);
        saidBy(anna, "Has the bell been rung?");
        act(boris, message(boris, "Has the bell"), "reply");
        assertThat(boris.locator("#context-title")).hasText("Reply to Anna");
        say(boris, "Three times");
        Locator answer = anna.locator("article", new Page.LocatorOptions().setHasText("Three times"));
        assertThat(answer.locator(".quote")).hasText("AnnaHas the bell been rung?");
        answer.locator(".quote").click();
        assertThat(message(anna, "Has the bell").first()).isFocused();
        assertThat(boris.locator("#context")).isHidden();
    }

    @Test
    void aMentionMeansTheLongestNameThatIsKnown() {
        var room = newRoom();
        Page petrova = enter(window("Anna Petrova"), room);
        saidBy(petrova, "I was here before");
        Page anna = enter(window("Anna"), room);
        Page boris = enter(window("Boris"), room);
        petrova.close();
        assertThat(boris.locator("#people > li")).hasCount(2);
        boris.locator("#say").pressSequentially("@anna p");
        assertThat(boris.locator("#names > li")).hasText(new String[] {"Anna Petrova"});
        boris.keyboard().press("Tab");
        boris.keyboard().type("is gone, @here");
        boris.keyboard().press("Enter");
        assertThat(message(anna, "is gone").locator(".mention")).hasText(new String[] {"@Anna Petrova"});
        assertThat(anna.locator("article.mentioned")).hasCount(0);
        Page again = enter(window("Anna Petrova"), room);
        assertThat(again.locator("article.mentioned .mention.me")).hasText("@Anna Petrova");
    }

    @Test
    void whoeverTurnsUpLaterIsMarkedInWhatMentionedThem() {
        var room = newRoom();
        Page anna = enter(window("Anna"), room);
        assertThat(saidBy(anna, "Where is @Chen Wei?").locator(".mention")).hasCount(0);
        enter(window("Chen Wei"), room);
        assertThat(message(anna, "Where is").locator(".mention")).hasText("@Chen Wei");
    }

    @Test
    void aMentionIsCompletedAndHighlighted() {
        var room = newRoom();
        Page anna = enter(window("Anna"), room);
        Page boris = enter(window("Boris"), room);
        assertThat(boris.locator("#people > li")).hasCount(2);
        boris.locator("#say").pressSequentially("@an");
        assertThat(boris.locator("#names [aria-selected=true]")).hasText("Anna");
        boris.keyboard().press("Enter");
        boris.keyboard().type("come");
        boris.keyboard().press("Enter");
        assertThat(anna.locator("article.mentioned .mention.me")).hasText("@Anna");
        assertThat(message(boris, "come").locator(".mention")).hasText("@Anna");
        assertThat(boris.locator("article.mentioned")).hasCount(0);
    }

    @Test
    void aMentionRingsAndShowsANoteToWhoLooksElsewhere() {
        var room = newRoom();
        Page anna = window("Anna");
        anna.context().grantPermissions(java.util.List.of("notifications"));
        anna.addInitScript("""
                localStorage.setItem('veche.notify', 'on');
                window.notes = [];
                window.strikes = 0;
                window.Notification = class { static permission = 'granted'; constructor(title, { body }) { notes.push(`${title}: ${body}`); } };
                const { start } = OscillatorNode.prototype;
                OscillatorNode.prototype.start = function (...when) { strikes++; return start.apply(this, when); };
                """);
        enter(anna, room);
        anna.locator("#say").click(); // a page may sound only after it was touched
        hide(anna, true);
        Page boris = enter(window("Boris"), room);
        say(boris, "nothing of note");
        say(boris, "@Anna, the ships are in");
        anna.waitForCondition(() -> (boolean) anna.evaluate("notes.length === 1 && strikes > 0"));
        assertEquals("Boris in " + room + ": @Anna, the ships are in", anna.evaluate("notes[0]"));
        assertThat(anna).hasTitle("(2) " + room + " · Veche");
        hide(anna, false);
        assertThat(anna).hasTitle(room + " · Veche");
        assertThat(anna.locator(".unread-line")).hasText("New");
    }

    @Test
    void presenceTypingAndReadingAreSeen() {
        var room = newRoom();
        Page anna = enter(window("Anna"), room);
        assertThat(anna.locator("#present")).hasText("1 person here");
        Page boris = enter(window("Boris"), room);
        assertThat(anna.locator("#present")).hasText("2 people here");
        assertThat(anna.locator("#people > li bdi")).hasText(new String[] {"Anna", "Boris"});
        boris.locator("#say").fill("Just a mo");
        assertThat(anna.locator("#typing")).hasText("Boris is writing …");
        say(boris, "Here");
        assertThat(message(anna, "Here")).isVisible();
        assertThat(anna.locator("#typing")).hasText("");
        saidBy(anna, "Do you see me?");
        assertThat(message(anna, "Do you see me?").locator(".readers")).hasText("Read by Boris");
        boris.close();
        assertThat(anna.locator("#present")).hasText("1 person here");
    }

    @Test
    void draftsAreKeptRoomByRoom() {
        var one = newRoom();
        var two = newRoom();
        Page anna = enter(window("Anna"), one);
        anna.locator("#say").fill("half a thought");
        goTo(anna, two);
        assertThat(anna.locator("#say")).hasValue("");
        anna.locator("#say").fill("another");
        anna.reload();
        assertThat(anna.locator("#say")).hasValue("another");
        anna.goBack();
        assertThat(anna.locator("#room-title")).hasText(one);
        assertThat(anna.locator("#say")).hasValue("half a thought");
    }

    @Test
    void linksAreSafeCodeIsCodeAndMarkupIsText() {
        var room = newRoom();
        Page anna = enter(window("Anna"), room);
        say(anna, "see https://example.com/a_(b). javascript:alert(1) <img src=x onerror=alert(1)> `x < y`");
        Locator link = said(anna).locator("a");
        assertThat(link).hasCount(1);
        assertThat(link).hasText("https://example.com/a_(b)");
        assertThat(link).hasAttribute("rel", "noopener noreferrer nofollow ugc");
        assertThat(said(anna).locator("img")).hasCount(0);
        assertThat(said(anna).locator("code")).hasText("x < y");
        say(anna, "```js\nlet x = 1;\n\nif (x) go();\n```");
        assertThat(said(anna).locator("pre code")).hasText("let x = 1;\n\nif (x) go();");
        say(anna, "🎉🎉");
        assertThat(anna.locator(".bubble.jumbo")).hasText("🎉🎉");
    }

    @Test
    void anEmojiFromThePickerGoesWhereTheCursorIs() {
        Page anna = enter(window("Anna"), newRoom());
        anna.locator("#say").fill("tea");
        anna.locator("#emoji-button").click();
        assertThat(anna.locator("#emoji button").first()).isFocused();
        anna.keyboard().press("ArrowDown");
        anna.keyboard().press("ArrowDown");
        anna.keyboard().press("ArrowDown");
        anna.keyboard().press("Enter");
        assertThat(anna.locator("#say")).hasValue("tea☕");
        assertThat(anna.locator("#say")).isFocused();
    }

    @Test
    void textFromRightToLeftRunsFromRightToLeft() {
        Page anna = enter(window("Anna"), newRoom());
        saidBy(anna, "مرحبا بالعالم");
        assertEquals("rtl", said(anna).evaluate("bubble => getComputedStyle(bubble).direction"));
        saidBy(anna, "hello world");
        assertEquals("ltr", said(anna).last().evaluate("bubble => getComputedStyle(bubble).direction"));
    }

    @Test
    void twoOfTheSameNameAreToldApart() {
        var room = newRoom();
        Page one = enter(window("Anna Petrova"), room);
        saidBy(one, "I am Anna");
        assertThat(one.locator("article .mark")).hasText(new String[] {""});
        Page other = enter(window("anna petrova"), room);
        saidBy(other, "No, I am");
        var mark = Pattern.compile("#.{4}");
        for (Page page : new Page[] {one, other}) {
            assertThat(page.locator("#people > li .mark")).hasText(new Pattern[] {mark, mark});
            assertThat(page.locator("#people > li .guest")).hasText(new String[] {"guest"});
            assertThat(page.locator("article .mark")).hasText(new Pattern[] {mark, mark});
            assertEquals(
                    2,
                    Set.copyOf(page.locator("article .mark").allTextContents()).size());
        }
        assertThat(one.locator("article .readers").first()).hasText(Pattern.compile("Read by anna petrova #.{4}"));
        keep(one, "namesakes");
    }

    @Test
    void aNewNameIsTakenAtOnceAndStaysTheSamePerson() {
        var room = newRoom();
        Page anna = enter(window("Anna"), room);
        saidBy(anna, "first");
        Page boris = enter(window("Boris"), room);
        assertThat(boris.locator("#people > li")).hasCount(2);
        boris.evaluate("""
                () => {
                  window.present = new Set();
                  const list = document.getElementById('people');
                  new MutationObserver(() => present.add(list.childElementCount)).observe(list, { childList: true });
                }""");
        anna.locator("#name").fill("Анна II");
        anna.locator("#enter").click();
        for (Page page : new Page[] {anna, boris}) {
            assertThat(page.locator("#people > li .you")).hasCount(1);
            assertThat(page.locator("#people > li bdi", new Page.LocatorOptions().setHasText("Анна II")))
                    .hasCount(1);
            assertThat(page.locator("article .author")).hasText(new String[] {"Анна II"});
        }
        saidBy(anna, "second");
        assertThat(anna.locator("article.own")).hasCount(2);
        assertThat(anna.locator("article .author").last()).hasText("Анна II");
        assertEquals(List.of(2), boris.evaluate("() => [...present]"));
        anna.locator("#name").fill("x".repeat(33));
        anna.locator("#enter").click();
        assertThat(anna.locator("#place-error")).containsText("at most 32 visible characters");
    }

    @Test
    void aTextThatIsTooLongIsKeptBackInWords() {
        Page anna = enter(window("Anna"), newRoom());
        say(anna, "x".repeat(4001));
        assertThat(anna.locator("#remark")).hasText("1 character too many: a message holds 4,000.");
        assertThat(anna.locator("#waiting > li")).hasCount(0);
    }

    @Test
    void thePageCarriesItsSecurityHeaders() {
        var headers = chromium.window().navigate(server.home()).headers();
        var policy = headers.get("content-security-policy");
        assertTrue(policy.contains("default-src 'none'") && policy.contains("script-src 'self'"), policy);
        assertEquals("nosniff", headers.get("x-content-type-options"));
    }

    static void act(Page page, Locator article, String action) {
        article.hover();
        page.locator(".actions [data-action=" + action + "]").click();
    }

    static void goTo(Page page, String room) {
        page.locator("#go-room").fill(room);
        page.locator("#go-button").click();
        assertThat(page.locator("#room-title")).hasText(room);
        awaitEntered(page);
    }

    /** What a browser tells a page whose tab is covered by another. */
    static void hide(Page page, boolean hidden) {
        page.evaluate("""
                hidden => {
                  Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
                  document.hasFocus = () => !hidden;
                  document.dispatchEvent(new Event('visibilitychange'));
                }
                """, hidden);
    }
}
