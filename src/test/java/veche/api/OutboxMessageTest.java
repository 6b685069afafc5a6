package veche.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class OutboxMessageTest {
    private static final OutboxMessage.From SHOP = OutboxMessage.to("orders").from("server:shop", "Shop");
    private static final UUID TARGET = UUID.randomUUID();

    private static void assertInvalid(String containing, Executable construction) {
        String message =
                assertThrows(IllegalArgumentException.class, construction).getMessage();
        assertTrue(message.contains(containing), message);
    }

    @Test
    void aTextHasRoomAuthorAndText() {
        assertEquals(
                new OutboxMessage(
                        "orders",
                        "server:shop",
                        "Shop",
                        OutboxMessage.Kind.TEXT,
                        Optional.of("shipped"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("order-7")),
                SHOP.text("shipped").withIdempotencyKey("order-7"));
    }

    @Test
    void aRoomHasTheFormOfRooms() {
        for (String name : new String[] {"", "No Room", "-x", "x".repeat(65), "ö"}) {
            assertInvalid(
                    "is not a room",
                    () -> OutboxMessage.to(name).from("server:shop", "Shop").text("x"));
        }
    }

    @Test
    void anAuthorHasAnIdAndANameOfLimitedLength() {
        assertInvalid(
                "The id of the author",
                () -> OutboxMessage.to("orders").from(" ", "Shop").text("x"));
        assertInvalid(
                "at most 128",
                () -> OutboxMessage.to("orders").from("x".repeat(129), "Shop").text("x"));
        assertInvalid(
                "at most 32",
                () -> OutboxMessage.to("orders").from("shop", "x".repeat(33)).text("x"));
        assertEquals(
                "😀".repeat(32),
                OutboxMessage.to("orders")
                        .from("shop", "😀".repeat(32))
                        .text("x")
                        .authorName());
    }

    @Test
    void onlyFilesAndDeletionsHaveNoText() {
        assertInvalid("must have a text", () -> SHOP.text(""));
        assertInvalid("must have a text", () -> SHOP.edit(TARGET, ""));
        assertInvalid("must have a text", () -> SHOP.reaction(TARGET, ""));
        assertEquals(Optional.empty(), SHOP.delete(TARGET).text());
        assertEquals(Optional.empty(), SHOP.file("bill.pdf", new byte[1]).text());
    }

    @Test
    void contentAndKindAgree() {
        for (OutboxMessage.Kind kind : OutboxMessage.Kind.values()) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new OutboxMessage(
                            "orders",
                            "shop",
                            "Shop",
                            kind,
                            Optional.of("x"),
                            Optional.of(new OutboxMessage.File("x", new byte[0])),
                            Optional.of(TARGET),
                            Optional.empty()),
                    kind::name);
        }
    }

    @Test
    void whatDatabasesCannotStoreIsRefused() {
        assertInvalid("surrogate", () -> SHOP.text("\ud83d"));
        assertInvalid("U+0000", () -> SHOP.text("a\u0000b"));
        assertInvalid("U+0000", () -> SHOP.text("x").withIdempotencyKey("\u0000"));
        assertInvalid("must not be blank", () -> SHOP.text("x").withIdempotencyKey(""));
        assertInvalid("must not be blank", () -> SHOP.file("", new byte[0]));
    }

    @Test
    void aFileIsNotChangedAfterwards() {
        byte[] content = {1, 2, 3};
        OutboxMessage.File file = SHOP.file("x", content, "caption").file().orElseThrow();
        Arrays.fill(content, (byte) 0);
        Arrays.fill(file.content(), (byte) 0);
        assertArrayEquals(new byte[] {1, 2, 3}, file.content());
    }
}
