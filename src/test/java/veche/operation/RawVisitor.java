package veche.operation;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Comes over TLS from a loopback address of its own, with any header fields, and sees single frames. One thread uses it. */
final class RawVisitor implements AutoCloseable {
    static final int PING = 0x89;
    private static final int PONG = 0x8A;
    private static final int TEXT = 0x81;
    private static final int PATIENCE_MILLIS = 20_000;

    private final SSLSocket socket;
    private final DataInputStream in;
    private int pings;
    private String head = "";

    RawVisitor(SSLContext tls, String from, int port) throws IOException {
        socket = (SSLSocket) tls.getSocketFactory().createSocket();
        socket.bind(new InetSocketAddress(from, 0));
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new DataInputStream(socket.getInputStream());
    }

    /** Shakes hands, with more header lines, and tells the answer's status. */
    int knock(String... headers) throws IOException {
        StringBuilder request = new StringBuilder("GET /chat?room=square HTTP/1.1\r\nHost: ws.site.com\r\n"
                + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        write(request.append("\r\n").toString());
        return status();
    }

    /** The status line and the header lines of the last answer. */
    String head() {
        return head;
    }

    void write(String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Reads an answer's head. */
    private int status() throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        while (!read.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            read.write(in.readUnsignedByte());
        }
        head = read.toString(StandardCharsets.ISO_8859_1);
        return Integer.parseInt(head.split(" ", 3)[1]);
    }

    /** Reads on until that is read. */
    void awaitBytes(String expected) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(expected) < 0) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("Without " + expected + ": " + read);
            }
            read.append((char) next);
        }
    }

    void say(String text) throws IOException {
        send(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** One short frame, masked with zeros (RFC 6455 §5.2). */
    private void send(int first, byte[] payload) throws IOException {
        byte[] frame = new byte[6 + payload.length];
        frame[0] = (byte) first;
        frame[1] = (byte) (0x80 | payload.length);
        System.arraycopy(payload, 0, frame, 6, payload.length);
        socket.getOutputStream().write(frame);
    }

    /** The next text; pings are counted and answered. */
    String hear() throws IOException {
        while (true) {
            int first = in.readUnsignedByte();
            byte[] payload = new byte[in.readUnsignedByte()];
            in.readFully(payload);
            if (first == TEXT) {
                return new String(payload, StandardCharsets.UTF_8);
            }
            answer(first, payload);
        }
    }

    /** The next texts until that one. */
    void awaitHearing(String text) throws IOException {
        while (!hear().equals(text)) {
            continue;
        }
    }

    private void answer(int first, byte[] payload) throws IOException {
        if (first != PING) {
            throw new IOException("Frame " + Integer.toHexString(first));
        }
        pings++;
        send(PONG, payload);
    }

    /** Says nothing and is told nothing, but for so many pings. */
    void awaitPings(int count) throws IOException {
        while (pings < count) {
            int first = in.readUnsignedByte();
            byte[] payload = new byte[in.readUnsignedByte()];
            in.readFully(payload);
            answer(first, payload);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
