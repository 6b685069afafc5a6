package veche.web.api;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import veche.socket.container.UnreadBody;

/** Writes one response without blocking, and then completes the request. Confined to one thread at a time. */
final class ResponseBody implements WriteListener {
    private static final int CHUNK_BYTES = 16_384;

    private final AsyncContext context;
    private final ServletOutputStream output;
    private final byte[] content;
    private int written;

    private ResponseBody(AsyncContext context, ServletOutputStream output, byte[] content) {
        this.context = context;
        this.output = output;
        this.content = content;
    }

    static void write(AsyncContext context, HttpServletResponse response, ApiResponse answer) throws IOException {
        prepare(response, answer);
        if (!answer.body().hasRemaining()) {
            context.complete();
        } else {
            ServletOutputStream output = response.getOutputStream();
            output.setWriteListener(new ResponseBody(context, output, answer.bytes()));
        }
    }

    /** Answers before the body is read. */
    static void refuse(HttpServletRequest request, HttpServletResponse response, ApiResponse answer)
            throws IOException {
        if (RequestBody.isSent(request)) {
            prepare(response, answer);
            UnreadBody.abandon(request, response, answer.bytes());
        } else {
            write(response, answer);
        }
    }

    /** Writes a small response, which fits into the buffers. */
    static void write(HttpServletResponse response, ApiResponse answer) throws IOException {
        prepare(response, answer);
        response.getOutputStream().write(answer.bytes());
    }

    static void prepare(HttpServletResponse response, ApiResponse answer) {
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        if (!answer.contentType().isEmpty()) {
            response.setContentType(answer.contentType());
        }
        response.setContentLength(answer.body().remaining());
    }

    @Override
    public void onWritePossible() throws IOException {
        while (output.isReady()) {
            if (written == content.length) {
                context.complete();
                return;
            }
            int count = Math.min(CHUNK_BYTES, content.length - written);
            int from = written;
            written += count;
            output.write(content, from, count);
        }
    }

    @Override
    public void onError(Throwable lost) {
        context.complete();
    }
}
