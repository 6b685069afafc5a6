package veche.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;
import veche.testing.RawClient;

/** Frames that violate RFC 6455 close the connection of their sender only. */
@ArquillianTest
@RunAsClient
class HostileFramesIT extends DeployedWar {
    private static final int FIRST_OF_TEXT = 0x01;
    private static final byte[] ONE = {'x'};
    private static final byte[] TOO_LONG_FOR_CONTROL = new byte[126];

    /** The octets after the handshake, with the close codes of which the server must use one. */
    private static final Map<String, Set<Integer>> EXPECTED = new TreeMap<>();

    private static final Map<String, byte[]> ATTACKS = new LinkedHashMap<>();

    static {
        for (int reserved : new int[] {0x40, 0x20, 0x10}) {
            attack(
                    "reserved bit " + Integer.toHexString(reserved),
                    RawClient.frame(RawClient.TEXT | reserved, ONE),
                    1002);
        }
        for (int opcode : new int[] {3, 4, 5, 6, 7, 0xb, 0xc, 0xd, 0xe, 0xf}) {
            attack("opcode " + opcode, RawClient.frame(0x80 | opcode, ONE), 1002);
        }
        attack("a fragmented ping", RawClient.frame(0x09, ONE), 1002);
        attack("a fragmented close", RawClient.frame(0x08, closing(1000)), 1002);
        attack("a ping of 126 bytes", RawClient.frame(RawClient.PING, TOO_LONG_FOR_CONTROL), 1002);
        attack("a pong of 126 bytes", RawClient.frame(RawClient.PONG, TOO_LONG_FOR_CONTROL), 1002);
        attack("a close of 126 bytes", RawClient.frame(RawClient.CLOSE, closing(1000, TOO_LONG_FOR_CONTROL)), 1002);
        attack("a continuation of nothing", RawClient.frame(0x80, ONE), 1002);
        attack(
                "a text within a fragmented one",
                both(RawClient.frame(FIRST_OF_TEXT, ONE), RawClient.frame(RawClient.TEXT, ONE)),
                1002);
        attack("a close of one byte", RawClient.frame(RawClient.CLOSE, ONE), 1002);
        for (int code : new int[] {0, 999, 1005, 1006, 1015, 2999}) {
            attack("close code " + code, RawClient.frame(RawClient.CLOSE, closing(code)), 1002);
        }
        attack(
                "a close reason that is not UTF-8",
                RawClient.frame(RawClient.CLOSE, closing(1000, (byte) 0xc3, (byte) 0x28)),
                1002,
                1007);
        attack(
                "a character that is not UTF-8 in two fragments",
                both(RawClient.frame(FIRST_OF_TEXT, new byte[] {(byte) 0xc3}), RawClient.frame(0x80, new byte[] {'('})),
                1007);
        attack("a surrogate in UTF-8", RawClient.frame(RawClient.TEXT, bytes(0xed, 0xa0, 0x80)), 1007);
        attack("an overlong encoding of a slash", RawClient.frame(RawClient.TEXT, bytes(0xc0, 0xaf)), 1007);
        attack("a negative length", header(-1), 1002, 1009);
    }

    private static void attack(String name, byte[] octets, Integer... codes) {
        ATTACKS.put(name, octets);
        EXPECTED.put(name, Set.of(codes));
    }

    private static byte[] bytes(int... octets) {
        ByteBuffer bytes = ByteBuffer.allocate(octets.length);
        Arrays.stream(octets).forEach(octet -> bytes.put((byte) octet));
        return bytes.array();
    }

    private static byte[] closing(int code, byte... reason) {
        return ByteBuffer.allocate(2 + reason.length)
                .putShort((short) code)
                .put(reason)
                .array();
    }

    private static byte[] both(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }

    /** Of a binary message with that length, followed by a few octets of it. */
    private static byte[] header(long length) {
        return ByteBuffer.allocate(64)
                .put((byte) RawClient.BINARY)
                .put((byte) 0xff)
                .putLong(length)
                .putInt(0)
                .array();
    }

    @Test
    void eachViolationHasItsCloseCodeAndOthersReceiveEverything() throws IOException {
        try (Bystanders bystanders = new Bystanders(at("chat?room=" + room + "-bystanders"))) {
            Map<String, Integer> wrong = new TreeMap<>();
            for (Map.Entry<String, byte[]> attack : ATTACKS.entrySet()) {
                int code = closeCodeAfter(attack.getValue());
                if (!EXPECTED.get(attack.getKey()).contains(code)) {
                    wrong.put(attack.getKey(), code);
                }
            }
            assertEquals(Map.of(), wrong);
            bystanders.assertUndisturbed();
        }
    }

    private int closeCodeAfter(byte[] octets) throws IOException {
        try (RawClient attacker = new RawClient(chat())) {
            attacker.write(octets);
            return attacker.closeCode();
        } catch (SocketTimeoutException unanswered) {
            return 0;
        }
    }

    /** Messages of which the end never arrives; the server waits without a thread for each. */
    @Test
    void unfinishedFramesAndMessagesOccupyNoThread() throws IOException {
        List<byte[]> unfinished = List.of(
                bytes(RawClient.TEXT),
                bytes(RawClient.TEXT, 0x85, 0, 0),
                header(1L << 31),
                header(Long.MAX_VALUE),
                Arrays.copyOf(RawClient.frame(RawClient.BINARY, new byte[60_000]), 30_000),
                RawClient.frame(FIRST_OF_TEXT, ONE));
        try (Bystanders bystanders = new Bystanders(at("chat?room=" + room + "-bystanders"));
                Attackers attackers = new Attackers()) {
            for (int i = 0; i < Attackers.COUNT; i++) {
                RawClient attacker = attackers.add(new RawClient(chat()));
                attacker.write(unfinished.get(i % unfinished.size()));
            }
            bystanders.assertUndisturbed();
            connect(chat()).send("still admitted");
        }
    }
}
