package veche.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import veche.room.Author;
import veche.room.RoomName;
import veche.room.User;
import veche.room.access.Grant;

/** Fuzz target: files of permission rules. */
class RulesFuzzTest {
    private static final List<User> USERS = List.of(
            User.guest(new Author("guest:x", "Gus")),
            new User(
                    new Author("user:42", "Ann"),
                    List.of("teacher"),
                    Optional.empty(),
                    Optional.empty(),
                    User.Provider.TOKEN));

    static Stream<byte[]> seeds() {
        return Stream.of("""
                        # subject      room or URI          permissions
                        *              *                    member
                        guest          staff-*              -read
                        role:teacher   class-*              moderate""", """
                        user           inbox-{sub}          all -delete
                        user:42        plans                -write
                        *              uri:com.shop.*       call subscribe
                        guest          uri:com.shop.admin.* -all""", "guest\u00a0hall read", "* *{sub}* read", "*\t*\tread\r\n\u2028* * -read")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "20s")
    void rulesAreRejectedOrDecideWhateverTheirOrder(byte[] input) {
        List<String> lines = new String(input, StandardCharsets.UTF_8).lines().toList();
        Rules rules;
        try {
            rules = RuleParser.parse(lines);
        } catch (IllegalArgumentException rejected) {
            assertFalse(rejected.getMessage().isBlank());
            return;
        }
        List<String> reversed = new ArrayList<>(lines);
        Collections.reverse(reversed);
        Rules other = RuleParser.parse(reversed);
        for (User user : USERS) {
            for (String room : List.of("hall", "class-1", "inbox-42")) {
                assertEquals(grant(rules, user, room), grant(other, user, room), room);
            }
        }
    }

    private static Grant grant(Rules rules, User user, String room) {
        return rules.grant(user, new RoomName(room)).toCompletableFuture().join();
    }
}
