package veche.deployment;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A client that shows the bytes: it writes the handshake and the frames (RFC 6455 §4.1, §5.2) itself. */
final class RawClient implements Closeable {
    static final int TEXT = 0x81;
    static final int COMPRESSED_TEXT = 0xC1;
    static final int CLOSE = 0x88;
    static final int PING = 0x89;
    static final int PONG = 0x8A;

    private static final int PATIENCE_MILLIS = 20_000;
    private static final int MASK_BIT = 0x80;

    private final Socket socket;
    private final DataInputStream in;
    private final String request;
    private final String answer;

    /** One frame as it came: FIN, RSV and opcode in one number, then the payload. */
    record Frame(int first, byte[] payload) {
        String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        int closeCode() {
            return payload.length < 2 ? 1005 : ByteBuffer.wrap(payload).getShort() & 0xFFFF;
        }
    }

    /** Opens a connection, with more header lines if wished. */
    RawClient(URI endpoint, String... headers) {
        this(endpoint, new byte[0], headers);
    }

    /** Opens a connection, and sends these bytes together with the handshake. */
    RawClient(URI endpoint, byte[] early, String... headers) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), endpoint.getPort());
            socket.setSoTimeout(PATIENCE_MILLIS);
            in = new DataInputStream(socket.getInputStream());
            String path = endpoint.getRawPath() + (endpoint.getRawQuery() == null ? "" : "?" + endpoint.getRawQuery());
            String request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + endpoint.getPort()
                    + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                    + String.join(
                            "",
                            List.of(headers).stream()
                                    .map(header -> header + "\r\n")
                                    .toList())
                    + "\r\n";
            this.request = request;
            ByteArrayOutputStream together = new ByteArrayOutputStream();
            together.writeBytes(request.getBytes(StandardCharsets.ISO_8859_1));
            together.writeBytes(early);
            write(together.toByteArray());
            answer = readHead();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The handshake as it was sent. */
    String request() {
        return request;
    }

    /** The status line and the header lines of the server's answer. */
    String answer() {
        return answer;
    }

    /** The value of one header line of the answer, or null. */
    String header(String name) {
        return answer.lines()
                .filter(line -> line.toLowerCase().startsWith(name.toLowerCase() + ":"))
                .map(line -> line.substring(name.length() + 1).trim())
                .findFirst()
                .orElse(null);
    }

    private String readHead() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        String read = "";
        while (!read.endsWith("\r\n\r\n")) {
            head.write(in.readUnsignedByte());
            read = head.toString(StandardCharsets.ISO_8859_1);
        }
        return read;
    }

    void say(String text) throws IOException {
        send(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends one frame, masked with zeros. */
    void send(int first, byte[] payload) throws IOException {
        write(frame(first, payload));
    }

    /** A frame, masked with zeros. */
    static byte[] frame(int first, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 14).put((byte) first);
        if (payload.length < 126) {
            frame.put((byte) (MASK_BIT | payload.length));
        } else if (payload.length < 1 << 16) {
            frame.put((byte) (MASK_BIT | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (MASK_BIT | 127)).putLong(payload.length);
        }
        frame.putInt(0).put(payload);
        return Arrays.copyOf(frame.array(), frame.position());
    }

    /** Sends these bytes as they are. */
    void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** The payload of the next ping, whatever comes before. */
    byte[] awaitPing() throws IOException {
        Frame frame = read();
        while (frame.first() != PING) {
            frame = read();
        }
        return frame.payload();
    }

    /** The next frame that is no ping; pings are answered, and do not prolong the wait. */
    Frame next() throws IOException {
        long began = System.nanoTime();
        Frame frame = read();
        while (frame.first() == PING) {
            if (System.nanoTime() - began > PATIENCE_MILLIS * 1_000_000L) {
                throw new SocketTimeoutException("No frame but pings within " + PATIENCE_MILLIS + " ms");
            }
            send(PONG, frame.payload());
            frame = read();
        }
        return frame;
    }

    /** Sends a text and reads until it arrives: from then on, this client is in its room. */
    void sayAndAwait(String text) throws IOException {
        say(text);
        while (!next().text().equals(text)) {
            continue;
        }
    }

    /** The code with which the server closes, whatever comes before; 1006 where it just ends the connection. */
    int closeCode() throws IOException {
        try {
            Frame frame = next();
            while (frame.first() != CLOSE) {
                frame = next();
            }
            return frame.closeCode();
        } catch (EOFException | java.net.SocketException e) {
            return 1006;
        }
    }

    private Frame read() throws IOException {
        int first = in.readUnsignedByte();
        long length = in.readUnsignedByte();
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        byte[] payload = new byte[Math.toIntExact(length)];
        in.readFully(payload);
        return new Frame(first, payload);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
