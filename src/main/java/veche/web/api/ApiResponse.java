package veche.web.api;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import veche.dialect.wamp.codec.DecodingLimits;
import veche.dialect.wamp.codec.Json;

/**
 * The response to a request. Immutable.
 *
 * @param value what {@code body} encodes, for a batch; null if it is not JSON
 */
record ApiResponse(
        int status,
        Map<String, String> headers,
        String contentType,
        ByteBuffer body,
        @Nullable Object value) {
    private static final Json JSON = new Json(DecodingLimits.DEFAULT);

    static ApiResponse json(int status, @Nullable Object value) {
        return json(status, "application/json", value);
    }

    static ApiResponse json(int status, String contentType, @Nullable Object value) {
        byte[] body = (value == null ? "null" : JSON.write(value)).getBytes(StandardCharsets.UTF_8);
        return new ApiResponse(status, Map.of(), contentType, ByteBuffer.wrap(body), value);
    }

    byte[] bytes() {
        byte[] bytes = new byte[body.remaining()];
        body.duplicate().get(bytes);
        return bytes;
    }

    static ApiResponse empty(int status) {
        return new ApiResponse(status, Map.of(), "", ByteBuffer.allocate(0), null);
    }

    ApiResponse with(String header, String field) {
        return with(Map.of(header, field));
    }

    ApiResponse with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(headers);
        all.putAll(more);
        return new ApiResponse(status, all, contentType, body, value);
    }
}
