package veche.web.api;

import java.util.concurrent.CompletionStage;

/** What a method does at a resource. Thread-safe; must not block. */
@FunctionalInterface
interface ApiOperation {
    /** The response; the stage may fail, or the method throw, with what {@link Problems} maps. */
    CompletionStage<ApiResponse> run(ApiCall call);
}
