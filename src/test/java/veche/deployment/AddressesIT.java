package veche.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Resources beside the pages: icons, the manifest, the 404 page, and plain requests to the endpoints. */
@ArquillianTest
@RunAsClient
class AddressesIT extends DeployedWar {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(http(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @ParameterizedTest
    @CsvSource({
        "favicon.ico,image/",
        "images/bell-192.png,image/png",
        "images/bell.svg,image/svg",
        "manifest.json,application/json"
    })
    void iconsAndManifestAreServed(String path, String type) throws Exception {
        HttpResponse<String> response = get(path);
        assertEquals(200, response.statusCode());
        assertTrue(header(response, "Content-Type").startsWith(type), header(response, "Content-Type"));
    }

    @ParameterizedTest
    @CsvSource({"en-GB,There is no page at this address.", "'ru-RU,ru',По этому адресу страницы нет."})
    void anUnknownAddressIsAnsweredWithAPageInTheUsersLanguage(String language, String sentence) throws Exception {
        HttpResponse<String> response = get("no/such/page", "Accept", BROWSER, "Accept-Language", language);
        assertEquals(404, response.statusCode());
        assertTrue(response.body().contains(sentence), response.body());
        assertTrue(response.body().contains("href=\"" + contextPath() + "css/base.css\""), response.body());
        assertTrue(header(response, "Content-Security-Policy").startsWith("default-src 'none'"));
        assertFalse(response.body().contains("<style"), response.body());
    }

    @ParameterizedTest
    @CsvSource({"hello,hello.html", "hello/,hello.html", "chat?room=square,?room=square", "chat,''"})
    void aBrowserAtAnEndpointIsRedirectedToItsPage(String endpoint, String page) throws Exception {
        HttpResponse<String> response = get(endpoint, "Accept", BROWSER);
        assertEquals(302, response.statusCode());
        String location = header(response, "Location");
        assertTrue(location.endsWith(contextPath() + page), location);
    }

    @Test
    void otherClientsAtAnEndpointAreAnswered426() throws Exception {
        HttpResponse<String> response = get("hello", "Accept", "*/*");
        assertEquals(426, response.statusCode());
        assertEquals("Accept", header(response, "Vary"));
    }
}
