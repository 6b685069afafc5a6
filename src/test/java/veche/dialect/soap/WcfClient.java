package veche.dialect.soap;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Sends the same bytes as .NET's NetHttpBinding with text encoding: header order, no Origin, binary frames. */
final class WcfClient implements Closeable {
    static final int BINARY = 0x82;
    static final int CLOSE = 0x88;
    private static final int PING = 0x89;
    private static final int PONG = 0x8A;
    private static final int FIRST_FRAGMENT = 0x02;
    private static final int LAST_FRAGMENT = 0x80;
    private static final int TIMEOUT_MILLIS = 20_000;

    private final Socket socket;
    private final DataInputStream in;
    private final String answer;

    /** A frame; {@code first} is its first byte, FIN and opcode. */
    record Frame(int first, byte[] payload) {
        String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        int closeCode() {
            return ByteBuffer.wrap(payload).getShort() & 0xFFFF;
        }
    }

    WcfClient(URI endpoint, String contentType) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), endpoint.getPort());
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new DataInputStream(socket.getInputStream());
        String query = endpoint.getRawQuery() == null ? "" : "?" + endpoint.getRawQuery();
        String handshake = "GET " + endpoint.getRawPath() + query + " HTTP/1.1\r\n"
                + "Host: " + endpoint.getAuthority() + "\r\n"
                + "soap-content-type: " + contentType + "\r\n"
                + "Connection: Upgrade\r\n"
                + "Upgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + "Sec-WebSocket-Protocol: soap\r\n\r\n";
        socket.getOutputStream().write(handshake.getBytes(StandardCharsets.US_ASCII));
        answer = readHead();
    }

    private String readHead() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            head.write(in.readUnsignedByte());
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    int status() {
        return Integer.parseInt(answer.split(" ", 3)[1]);
    }

    /** The value of a header field of the response, or null. */
    String header(String name) {
        return answer.lines()
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse(null);
    }

    /** Sends an envelope in one frame, as in buffered mode. */
    void send(String envelope) throws IOException {
        send(BINARY, envelope.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends an envelope in two frames, as in streamed mode; the split may be within a character. */
    void sendFragmented(String envelope, int split) throws IOException {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(envelope);
        byte[] head = new byte[split];
        bytes.get(head);
        byte[] tail = new byte[bytes.remaining()];
        bytes.get(tail);
        send(FIRST_FRAGMENT, head);
        send(LAST_FRAGMENT, tail);
    }

    private void send(int first, byte[] payload) throws IOException {
        byte[] mask = {0x11, 0x22, 0x33, 0x44};
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 8);
        frame.put((byte) first);
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        }
        frame.put(mask);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ mask[i % mask.length]));
        }
        socket.getOutputStream().write(frame.array(), 0, frame.position());
    }

    /** Returns the next frame; pings are answered and skipped. */
    Frame next() throws IOException {
        Frame frame = read();
        while (frame.first() == PING) {
            send(PONG, frame.payload());
            frame = read();
        }
        return frame;
    }

    private Frame read() throws IOException {
        int first = in.readUnsignedByte();
        int length = in.readUnsignedByte();
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = Math.toIntExact(in.readLong());
        }
        byte[] payload = new byte[length];
        in.readFully(payload);
        return new Frame(first, payload);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
