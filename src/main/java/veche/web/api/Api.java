package veche.web.api;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import veche.limit.ClientMemory;
import veche.room.Ejection;
import veche.room.RoomSession;
import veche.room.Rooms;
import veche.room.User;
import veche.room.access.UserLimits;

/** The HTTP API, independent of the container. Thread-safe and non-blocking. */
public final class Api {
    private static final String CONNECTION = "api";

    private final Rooms rooms;
    private final ApiAuthentication authentication;
    private final ApiSettings settings;
    private final ApiRoutes routes;
    private final Executor executor;
    private final ClientMemory memory;
    private final MeterRegistry meters;

    /**
     * @param executor writes responses; its tasks may block
     * @param memory accounts the bodies of requests
     * @param meters counts the requests
     */
    public Api(
            Rooms rooms,
            ApiAuthentication authentication,
            ApiSettings settings,
            Executor executor,
            ClientMemory memory,
            MeterRegistry meters) {
        this.rooms = rooms;
        this.authentication = authentication;
        this.settings = settings;
        this.routes = routes(settings);
        this.executor = executor;
        this.memory = memory;
        this.meters = meters;
    }

    ApiAuthentication authentication() {
        return authentication;
    }

    ApiSettings settings() {
        return settings;
    }

    static ApiRoutes routes(ApiSettings settings) {
        return new ApiRoutes(new RoomMessages(settings).routes());
    }

    Executor executor() {
        return executor;
    }

    ClientMemory memory() {
        return memory;
    }

    /** Answers a request of a user; the stage does not fail. */
    CompletionStage<ApiResponse> answer(User user, String address, ApiRequest request) {
        RoomSession session;
        try {
            session = rooms.roomSession(user, CONNECTION, address, Api::onEjected);
        } catch (RuntimeException e) {
            return CompletableFuture.completedFuture(Problems.of(e).response());
        }
        return answer(session, request).whenComplete((response, failure) -> session.end());
    }

    /** A request that has begun is completed; the next one is refused. */
    private static void onEjected(Ejection ejection) {}

    private CompletionStage<ApiResponse> answer(RoomSession session, ApiRequest request) {
        ApiRoutes.Match match;
        try {
            match = routes.find(request.method(), request.path());
        } catch (ProblemException e) {
            return CompletableFuture.completedFuture(counted("none", e.response()));
        }
        return run(match, new ApiCall(request, match.variables(), session))
                .exceptionally(failure -> Problems.of(failure).response())
                .thenApply(response -> counted(match.route().name(), response));
    }

    private static CompletionStage<ApiResponse> run(ApiRoutes.Match match, ApiCall call) {
        try {
            call.session().limit(UserLimits.Action.REQUEST);
            return match.route().operation().run(call);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Counts a response by the operation and the class of its status. */
    ApiResponse counted(String operation, ApiResponse response) {
        meters.counter("veche.api.requests", "operation", operation, "status", response.status() / 100 + "xx")
                .increment();
        return response;
    }
}
