package veche.deployment;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.File;
import java.net.URL;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import veche.browser.Pictures;
import veche.browser.Windows;
import veche.matrix.Behaviour;
import veche.matrix.Shows;

/** The pages as each server serves them, below a context path; everything else is tested on Payara Micro. */
@ArquillianTest
@RunAsClient
class PageIT extends Windows {
    @ArquillianResource
    private URL base;

    @Deployment(testable = false)
    static WebArchive war() {
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File("target/veche.war"));
    }

    private String home() {
        return "http://127.0.0.1:" + base.getPort() + base.getPath();
    }

    @Test
    @Shows(Behaviour.PAGE)
    void twoUsersExchangeMessagesAPictureAndAReaction() {
        var room = newRoom();
        Page anna = enter(window("Anna"), home(), room);
        Page boris = enter(window("Борис", desktop("ru-RU")), home(), room);
        sendAndAwait(anna, "Good morning, everyone");
        send(boris, "Доброе утро 👋");
        assertThat(bubbles(anna)).hasText(new String[] {"Good morning, everyone", "Доброе утро 👋"});
        attach(boris, "square.png", Pictures.landscape(640, 400));
        boris.locator("#send").click();
        anna.waitForFunction("() => document.querySelector('#messages img')?.naturalWidth === 640");
        message(anna, "Доброе утро").hover();
        anna.locator(".actions .emoji").first().click();
        assertThat(message(boris, "Доброе утро").locator(".reaction .tally")).hasText("1");
        boris.reload();
        awaitEntered(boris);
        assertThat(bubbles(boris)).hasCount(3);
        assertThat(anna.locator("#present")).hasText("2 people here");
    }

    @Test
    void theLabGreetsAndEchoes() {
        Page page = window("Анна", desktop("ru-RU"));
        page.navigate(home() + "lab");
        Locator data = page.locator("#bench-3");
        data.locator("#data-text").fill("Вече 👋");
        data.locator("button[value=string]").click();
        data.locator("button[value=ArrayBuffer]").click();
        assertThat(data.locator(".notes li")).hasCount(4);
        Locator greeting = page.locator("#bench-7");
        greeting.locator("#hello-name").fill("Анна");
        greeting.locator("button").click();
        assertThat(greeting.locator(".notes li").nth(2)).containsText("Привет с сервера, Анна!");
        assertThat(greeting.locator(".notes li").nth(3)).containsText("Закрыто с кодом 1000");
    }

    @Test
    void theAdministrationPageRequestsAToken() {
        Page page = window("Anna");
        page.navigate(home() + "admin");
        assertThat(page.locator("#token")).isVisible();
    }
}
