package veche.web.api;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import veche.room.User;
import veche.socket.handshake.ApiClient;
import veche.socket.handshake.QueryString;

/** A request of which the response is sent later. The first response wins. Thread-safe. */
final class Exchange implements AsyncListener {
    private static final System.Logger LOG = System.getLogger(Exchange.class.getName());

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final AsyncContext context;
    private final Api api;
    private final RequestBody body;
    private final AtomicBoolean answered = new AtomicBoolean();

    private Exchange(HttpServletRequest request, HttpServletResponse response, AsyncContext context, Api api) {
        this.request = request;
        this.response = response;
        this.context = context;
        this.api = api;
        this.body = new RequestBody(api.settings().maxBodyBytes(), api.memory());
    }

    static Exchange begin(HttpServletRequest request, HttpServletResponse response, Api api) {
        AsyncContext context = request.startAsync(request, response);
        context.setTimeout(api.settings().timeout().toMillis());
        Exchange exchange = new Exchange(request, response, context, api);
        context.addListener(exchange);
        return exchange;
    }

    /** @param path below {@code /api/v1} */
    void answer(ApiClient client, String path) {
        identify(client).whenComplete((user, failure) -> {
            if (failure != null) {
                refuse(api.counted("none", Problems.of(failure).response()));
            } else {
                CompletableFuture<ApiResponse> answer = body.read(request)
                        .thenCompose(bytes -> api.answer(user, client.address(), request(path, bytes)))
                        .exceptionally(unread ->
                                api.counted("none", Problems.of(unread).response()))
                        .toCompletableFuture();
                if (answer.isDone()) {
                    respond(answer.join());
                } else {
                    answer.thenAcceptAsync(this::respond, api.executor());
                }
            }
        });
    }

    private CompletionStage<User> identify(ApiClient client) {
        try {
            return api.authentication().user(client);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private ApiRequest request(String path, byte[] bytes) {
        return new ApiRequest(
                request.getMethod(),
                path,
                parameters(),
                ApiRequest.mediaType(request.getContentType()),
                ByteBuffer.wrap(bytes),
                request.getHeader("Idempotency-Key"));
    }

    private Map<String, String> parameters() {
        try {
            return QueryString.parameters(request.getQueryString());
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, "The query is malformed");
        }
    }

    /** Answers without reading the body. */
    private void refuse(ApiResponse answer) {
        if (answered.compareAndSet(false, true)) {
            try {
                ResponseBody.refuse(request, response, answer);
                if (!RequestBody.isSent(request)) {
                    context.complete();
                }
            } catch (IOException | IllegalStateException lost) {
                LOG.log(Level.DEBUG, "The client is gone", lost);
            }
        }
    }

    private void respond(ApiResponse answer) {
        if (answered.compareAndSet(false, true)) {
            try {
                ResponseBody.write(context, response, answer);
            } catch (IOException | IllegalStateException lost) {
                LOG.log(Level.DEBUG, "The client is gone", lost);
                complete();
            }
        }
    }

    private void complete() {
        try {
            context.complete();
        } catch (IllegalStateException completed) {
            LOG.log(Level.DEBUG, "Completed before", completed);
        }
    }

    @Override
    public void onTimeout(AsyncEvent event) throws IOException {
        if (answered.compareAndSet(false, true)) {
            ProblemException late = new ProblemException(ProblemType.TIMEOUT, "The request took too long");
            ResponseBody.write(response, api.counted("none", late.response()).with("Connection", "close"));
        }
        complete();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        body.release();
    }

    @Override
    public void onError(@Nullable AsyncEvent event) {
        answered.set(true);
        complete();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // Requests are not dispatched again.
    }
}
