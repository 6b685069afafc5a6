package veche.web.api;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import veche.dialect.wamp.codec.DecodingLimits;
import veche.dialect.wamp.codec.Json;

/**
 * A request with its body.
 *
 * @param path below {@code /api/v1}, with an initial slash
 * @param parameters the query parameters, with the first value of each
 * @param contentType the media type of the body in lower case, without parameters; empty if there is none
 * @param key the header field {@code Idempotency-Key}, or null
 */
record ApiRequest(
        String method,
        String path,
        Map<String, String> parameters,
        String contentType,
        ByteBuffer body,
        @Nullable String key) {
    private static final String JSON_TYPE = "application/json";

    static String mediaType(@Nullable String contentType) {
        return contentType == null ? "" : contentType.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
    }

    @Override
    public ByteBuffer body() {
        return body.duplicate();
    }

    /** The body as a JSON object; an empty one without a body. */
    Map<String, @Nullable Object> object(Json json) {
        if (!body.hasRemaining()) {
            return Map.of();
        }
        if (!contentType.equals(JSON_TYPE)) {
            throw new ProblemException(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE, "The body must be of the media type " + JSON_TYPE);
        }
        return ApiValues.object(json.value(text(body())), "The body");
    }

    private static String text(ByteBuffer utf8) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
        } catch (CharacterCodingException e) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, "The body is not valid UTF-8");
        }
    }

    /** The JSON reader of all requests. */
    static Json json() {
        return Reader.JSON;
    }

    private static final class Reader {
        static final Json JSON = new Json(DecodingLimits.DEFAULT);
    }
}
