package veche.permission.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import veche.dialect.wamp.access.UriGrant;
import veche.dialect.wamp.router.Match;
import veche.dialect.wamp.router.UriAction;
import veche.room.Author;
import veche.room.RefusedException;
import veche.room.RoomName;
import veche.room.User;
import veche.room.access.Grant;
import veche.room.access.Privilege;

/** The HTTP authorizer against a real server: its questions, and its decisions on valid and invalid answers. */
class HttpAuthorizerTest {
    private static final RoomName HALL = new RoomName("hall");
    private static final User ANN = new User(
            new Author("user:ann", "Ann"),
            List.of("teacher"),
            Optional.empty(),
            Optional.empty(),
            User.Provider.CONTAINER);

    private final AuthorizerSite site = new AuthorizerSite();
    private final HttpAuthorizer authorizer = site.authorizer();
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void close() {
        end.countDown();
        site.close();
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private static void assertBusy(CompletionStage<?> stage) {
        CompletionException failure = assertThrows(CompletionException.class, () -> join(stage));
        assertEquals(RefusedException.Reason.BUSY, ((RefusedException) failure.getCause()).reason());
    }

    @Test
    void theQuestionsStateActionUserAddressAndTarget() {
        site.answer("{\"allow\":true}");
        String user = "\"user\":{\"id\":\"user:ann\",\"name\":\"Ann\",\"roles\":[\"teacher\"],\"guest\":false},"
                + "\"address\":\"192.0.2.7\"";
        join(authorizer.connect(ANN, "192.0.2.7"));
        join(authorizer.grant(ANN, HALL, "192.0.2.7"));
        join(authorizer.grant(ANN, "192.0.2.7", UriAction.REGISTER, "com.shop", Match.PREFIX));
        assertEquals(
                List.of(
                        "{\"action\":\"connect\"," + user + "}",
                        "{\"action\":\"join\"," + user + ",\"room\":\"hall\"}",
                        "{\"action\":\"register\"," + user + ",\"uri\":\"com.shop\",\"match\":\"prefix\"}"),
                site.questions);
        assertEquals(List.of("Bearer s3cret", "Bearer s3cret", "Bearer s3cret"), site.authorizations);
    }

    @Test
    void aGuestIsMarked() {
        site.answer("{\"allow\":false}");
        assertFalse(join(authorizer.connect(User.guest(new Author("guest:1", "Eve")), "")));
        assertTrue(site.questions.get(0).contains("\"guest\":true"), site.questions.toString());
    }

    @Test
    void anAnswerGrantsPrivilegesInTheRoom() {
        site.answer("{\"allow\":true}");
        assertEquals(
                Privilege.MEMBERSHIP, join(site.authorizer().grant(ANN, HALL)).privileges());
        site.answer("{\"allow\":true,\"privileges\":[\"read\",\"mute\"]}");
        assertEquals(
                EnumSet.of(Privilege.READ, Privilege.MUTE),
                join(site.authorizer().grant(ANN, HALL)).privileges());
        site.answer("{\"allow\":false,\"privileges\":[\"read\"]}");
        assertEquals(Set.of(), join(site.authorizer().grant(ANN, HALL)).privileges());
    }

    @Test
    void anAnswerPermitsAnActionOnAUri() {
        site.answer("{\"allow\":true,\"disclose\":true}");
        UriGrant grant = join(site.authorizer().grant(ANN, UriAction.CALL, "com.shop.pay", Match.EXACT));
        assertTrue(grant.permitted() && grant.disclosed());
        site.answer("{\"allow\":false}");
        assertFalse(join(site.authorizer().grant(ANN, UriAction.CALL, "com.shop.pay", Match.EXACT))
                .permitted());
    }

    @Test
    void anAnswerExpiresAfterItsTimeToLive() {
        site.answer("{\"allow\":true}");
        assertValidFor(60);
        site.answer("{\"allow\":true,\"ttl\":5}");
        assertValidFor(5);
        site.answer("{\"allow\":true,\"ttl\":7200}");
        assertValidFor(3600);
    }

    private void assertValidFor(long seconds) {
        Instant before = Instant.now();
        Grant grant = join(site.authorizer().grant(ANN, HALL));
        Instant until = grant.until().orElseThrow();
        assertFalse(until.isBefore(before.plusSeconds(seconds)), until + " after " + before);
        assertFalse(until.isAfter(Instant.now().plusSeconds(seconds)), until + " after " + before);
    }

    @Test
    void equalQuestionsShareAnAnswerUntilItExpires() {
        site.handle(exchange -> {
            awaitEnd();
            AuthorizerSite.send(exchange, 200, "{\"allow\":true}");
        });
        List<CompletionStage<Grant>> both =
                List.of(authorizer.grant(ANN, HALL, "192.0.2.7"), authorizer.grant(ANN, HALL, "192.0.2.7"));
        end.countDown();
        both.forEach(HttpAuthorizerTest::join);
        join(authorizer.grant(ANN, HALL, "192.0.2.7"));
        assertEquals(1, site.questions.size());
        join(authorizer.grant(ANN, HALL, "192.0.2.8"));
        assertEquals(2, site.questions.size());
    }

    @Test
    void anAnswerThatExpiresAtOnceIsNotShared() {
        site.answer("{\"allow\":true,\"ttl\":0}");
        join(authorizer.grant(ANN, HALL));
        join(authorizer.grant(ANN, HALL));
        assertEquals(2, site.questions.size());
    }

    @Test
    void answersAreCachedInALimitedNumber() {
        site.answer("{\"allow\":true}");
        for (int i = 0; i <= AuthorizerSite.MAX_CACHED; i++) {
            join(authorizer.grant(ANN, new RoomName("room" + i)));
        }
        int asked = site.questions.size();
        join(authorizer.grant(ANN, new RoomName("room0")));
        assertEquals(asked, site.questions.size());
        join(authorizer.grant(ANN, new RoomName("room" + AuthorizerSite.MAX_CACHED)));
        assertEquals(asked + 1, site.questions.size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yes",
                "[]",
                "{}",
                "{\"allow\":\"true\"}",
                "{\"allow\":null}",
                "{\"allow\":true",
                "{\"allow\":true}{\"allow\":true}",
                "{\"allow\":true,\"privilege\":[\"read\"]}",
                "{\"allow\":true,\"privileges\":\"read\"}",
                "{\"allow\":true,\"privileges\":[\"fly\"]}",
                "{\"allow\":true,\"privileges\":[1]}",
                "{\"allow\":true,\"disclose\":1}",
                "{\"allow\":true,\"ttl\":-1}",
                "{\"allow\":true,\"ttl\":0.5}",
                "{\"allow\":true,\"ttl\":1e99}"
            })
    void anInvalidAnswerRefuses(String answer) {
        site.answer(answer);
        assertBusy(authorizer.grant(ANN, HALL));
        assertBusy(authorizer.connect(ANN, ""));
        assertBusy(authorizer.grant(ANN, UriAction.CALL, "com.shop.pay", Match.EXACT));
        assertFalse(authorizer.available());
        assertEquals(3, authorizer.stats().count(AuthorizerStats.Outcome.FAILED));
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 204, 401, 403, 500, 503})
    void aStatusOtherThan200Refuses(int status) {
        site.handle(exchange -> AuthorizerSite.send(exchange, status, status == 204 ? "" : "{\"allow\":true}"));
        assertBusy(authorizer.grant(ANN, HALL));
    }

    @Test
    void aRedirectIsNotFollowed() {
        site.handle(exchange -> {
            exchange.getResponseHeaders().set("Location", site.url().toString());
            AuthorizerSite.send(exchange, 307, "");
        });
        assertBusy(authorizer.grant(ANN, HALL));
        assertEquals(1, site.questions.size());
    }

    @Test
    void aHugeAnswerRefuses() {
        site.answer("{\"allow\":true" + " ".repeat(SiteClient.MAX_ANSWER_BYTES) + "}");
        assertBusy(authorizer.grant(ANN, HALL));
        site.answer("{\"allow\":true" + " ".repeat(SiteClient.MAX_ANSWER_BYTES - 14) + "}");
        assertTrue(join(authorizer.connect(ANN, "")));
    }

    @Test
    void aSiteThatDoesNotAnswerInTimeRefuses() {
        HttpAuthorizer impatient = site.authorizer(Duration.ofMillis(50), 8, 8);
        site.handle(exchange -> awaitEnd());
        assertBusy(impatient.grant(ANN, HALL));
        assertFalse(impatient.available());
    }

    @Test
    void aSiteThatDoesNotFinishItsAnswerInTimeRefuses() {
        HttpAuthorizer impatient = site.authorizer(Duration.ofMillis(200), 8, 8);
        site.handle(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("{\"allow\":".getBytes());
            exchange.getResponseBody().flush();
            awaitEnd();
        });
        assertBusy(impatient.grant(ANN, HALL));
    }

    @Test
    void aSiteThatCannotBeReachedRefusesUntilItAnswersAgain() {
        site.handle(exchange -> exchange.close());
        assertBusy(authorizer.grant(ANN, HALL));
        assertFalse(authorizer.available());
        site.answer("{\"allow\":true}");
        join(authorizer.grant(ANN, HALL));
        assertTrue(authorizer.available());
        assertEquals(1, authorizer.stats().count(AuthorizerStats.Outcome.ALLOWED));
        assertTrue(authorizer.stats().totalNanos() > 0);
    }

    @Test
    void requestsAreLimitedInNumberAndMoreThanThatWaitOrAreRefused() {
        HttpAuthorizer narrow = site.authorizer(Duration.ofSeconds(10), 2, 1);
        site.handle(exchange -> {
            awaitEnd();
            AuthorizerSite.send(exchange, 200, "{\"allow\":true}");
        });
        List<CompletionStage<Boolean>> accepted = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            accepted.add(narrow.connect(ANN, ""));
        }
        await().until(() -> site.questions.size() == 2);
        assertBusy(narrow.connect(ANN, ""));
        assertEquals(1, narrow.stats().count(AuthorizerStats.Outcome.BUSY));
        assertEquals(2, site.questions.size());
        end.countDown();
        accepted.forEach(each -> assertTrue(join(each)));
        assertEquals(3, site.questions.size());
    }

    @Test
    void aRequestThatTimedOutWhileItWaitedIsNotSent() {
        HttpAuthorizer narrow = site.authorizer(Duration.ofMillis(300), 1, 8);
        site.handle(exchange -> awaitEnd());
        List<CompletionStage<Boolean>> all = List.of(narrow.connect(ANN, ""), narrow.connect(ANN, ""));
        all.forEach(HttpAuthorizerTest::assertBusy);
        site.answer("{\"allow\":true}");
        await().until(() -> join(narrow.connect(ANN, "").exceptionally(busy -> false)));
        assertTrue(site.questions.size() >= 2);
    }

    private void awaitEnd() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://site/", "authorize", "http:/authorize", "http://ann:pa55word@site/"})
    void anUnsuitableUrlIsInvalid(String url) {
        IllegalArgumentException invalid = assertThrows(IllegalArgumentException.class, () -> settings(url, ""));
        assertFalse(invalid.getMessage().contains("pa55word"), invalid.getMessage());
    }

    @Test
    void theSecretAppearsInNoMessage() {
        assertFalse(settings("http://site/?key=s3cret", "s3cret").toString().contains("s3cret"));
        IllegalArgumentException invalid =
                assertThrows(IllegalArgumentException.class, () -> settings("http://site/", "s3cret\n"));
        assertFalse(invalid.getMessage().contains("s3cret"), invalid.getMessage());
    }

    private static HttpAuthorizerSettings settings(String url, String secret) {
        return new HttpAuthorizerSettings(
                URI.create(url), secret, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1), 1, 1, 1);
    }
}
