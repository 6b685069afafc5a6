package veche.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.net.ssl.SSLContext;

/** Writes the handshake and single frames (RFC 6455 §4.1, §5.2) to a TCP or TLS connection. One thread uses it. */
public final class RawClient implements AutoCloseable {
    public static final int TEXT = 0x81;
    public static final int BINARY = 0x82;
    public static final int COMPRESSED_TEXT = 0xC1;
    public static final int CLOSE = 0x88;
    public static final int PING = 0x89;
    public static final int PONG = 0x8A;

    static final int PATIENCE_MILLIS = 20_000;
    private static final int MASK_BIT = 0x80;

    private final Socket socket;
    private final DataInputStream in;
    private String request = "";
    private String response = "";
    private int pings;

    /** A received frame: FIN, RSV and opcode in one number, then the payload. */
    public record Frame(int first, byte[] payload) {
        public String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        /** 1005 when the close frame has no code. */
        public int closeCode() {
            return payload.length < 2 ? 1005 : ByteBuffer.wrap(payload).getShort() & 0xFFFF;
        }
    }

    /** @param socket connected */
    public RawClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new DataInputStream(socket.getInputStream());
    }

    /**
     * Connects over TLS without a handshake.
     *
     * @param localAddress the loopback address that the server sees
     */
    public static RawClient overTls(SSLContext tls, String localAddress, int port) throws IOException {
        Socket socket = tls.getSocketFactory().createSocket();
        socket.bind(new InetSocketAddress(localAddress, 0));
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        return new RawClient(socket);
    }

    /** Connects with these additional header lines. */
    public RawClient(URI endpoint, String... headers) {
        this(endpoint, new byte[0], headers);
    }

    /** Connects; these bytes are sent together with the handshake. */
    public RawClient(URI endpoint, byte[] early, String... headers) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), endpoint.getPort());
            socket.setSoTimeout(PATIENCE_MILLIS);
            in = new DataInputStream(socket.getInputStream());
            handshake(RawHandshake.of(endpoint).withLines(headers), early);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * Sends the handshake and reads the response.
     *
     * @return the response's status code
     */
    public int handshake(RawHandshake handshake) throws IOException {
        return handshake(handshake, new byte[0]);
    }

    private int handshake(RawHandshake handshake, byte[] early) throws IOException {
        request = handshake.request();
        ByteArrayOutputStream together = new ByteArrayOutputStream();
        together.writeBytes(octets(request));
        together.writeBytes(early);
        write(together.toByteArray());
        response = readHead();
        return status(response);
    }

    static byte[] octets(String head) {
        return head.getBytes(StandardCharsets.ISO_8859_1);
    }

    static int status(String response) {
        return Integer.parseInt(response.split(" ", 3)[1]);
    }

    private String readHead() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            head.append((char) in.readUnsignedByte());
        }
        return head.toString();
    }

    /** The handshake as it was sent. */
    public String request() {
        return request;
    }

    /** The status line and the header fields of the response to the handshake. */
    public String response() {
        return response;
    }

    /** The value of a header field of the response, or null. */
    public String header(String name) {
        return response.lines()
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).trim())
                .findFirst()
                .orElse(null);
    }

    public void send(String text) throws IOException {
        send(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends one frame. */
    public void send(int first, byte[] payload) throws IOException {
        write(frame(first, payload));
    }

    /** A frame with a masking key of zeros. */
    public static byte[] frame(int first, byte[] payload) {
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
    public void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** Sends an HTTP request, or other text in ISO 8859-1. */
    public void write(String text) throws IOException {
        write(octets(text));
    }

    /** Reads until these bytes, in ISO 8859-1, have been received. */
    public void awaitBytes(String expected) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(expected) < 0) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("Without " + expected + ": " + read);
            }
            read.append((char) next);
        }
    }

    /** Reads that many octets as text. */
    public String read(int count) throws IOException {
        return new String(in.readNBytes(count), StandardCharsets.ISO_8859_1);
    }

    /** The next frame that is not a ping; pings are answered, and do not prolong the wait. */
    public Frame next() throws IOException {
        long began = System.nanoTime();
        Frame frame = read();
        while (frame.first() == PING) {
            if (System.nanoTime() - began > PATIENCE_MILLIS * 1_000_000L) {
                throw new SocketTimeoutException("No frame but pings within " + PATIENCE_MILLIS + " ms");
            }
            answer(frame);
            frame = read();
        }
        return frame;
    }

    private void answer(Frame ping) throws IOException {
        pings++;
        send(PONG, ping.payload());
    }

    /** The next text; until then only pings may be received. */
    public String nextText() throws IOException {
        Frame frame = next();
        if (frame.first() != TEXT) {
            throw new IOException("Frame " + Integer.toHexString(frame.first()));
        }
        return frame.text();
    }

    /** Reads texts until this one has been received. */
    public void awaitText(String text) throws IOException {
        while (!nextText().equals(text)) {
            continue;
        }
    }

    /** Sends a text and reads until it has been received: from then on, this client has joined its room. */
    public void sendAndAwait(String text) throws IOException {
        send(text);
        awaitText(text);
    }

    /** The payload of the next ping; earlier frames are skipped, and the ping is not answered. */
    public byte[] awaitPing() throws IOException {
        Frame frame = read();
        while (frame.first() != PING) {
            frame = read();
        }
        return frame.payload();
    }

    /** Answers pings until there have been that many on this connection; no other frame may be received. */
    public void awaitPings(int count) throws IOException {
        while (pings < count) {
            Frame frame = read();
            if (frame.first() != PING) {
                throw new IOException("Frame " + Integer.toHexString(frame.first()));
            }
            answer(frame);
        }
    }

    /** The code of the server's close frame, after any other frames; 1006 when the connection ends without one. */
    public int closeCode() throws IOException {
        try {
            Frame frame = next();
            while (frame.first() != CLOSE) {
                frame = next();
            }
            return frame.closeCode();
        } catch (EOFException | SocketException end) {
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
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
