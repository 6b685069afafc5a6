package veche.socket.container;

import jakarta.websocket.Extension;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Validates the parameters of a permessage-deflate offer (RFC 7692 §7.1): their names, values and uniqueness. */
final class DeflateOffer {
    private static final Set<String> FLAGS = Set.of("server_no_context_takeover", "client_no_context_takeover");
    private static final String SERVER_BITS = "server_max_window_bits";
    private static final String CLIENT_BITS = "client_max_window_bits";
    private static final Pattern BITS = Pattern.compile("[89]|1[0-5]");

    private DeflateOffer() {}

    /** @param smallestWindow the base-2 logarithm of the smallest LZ77 window that the server's compressor supports */
    static boolean acceptable(Extension offer, int smallestWindow) {
        Set<String> names = new HashSet<>();
        List<Extension.Parameter> parameters = offer.getParameters();
        return parameters.stream().allMatch(parameter -> names.add(parameter.getName()) && valid(parameter))
                && parameters.stream()
                        .filter(parameter -> SERVER_BITS.equals(parameter.getName()))
                        .allMatch(parameter -> Integer.parseInt(parameter.getValue()) >= smallestWindow);
    }

    private static boolean valid(Extension.Parameter parameter) {
        // Containers return null or an empty string for a missing value.
        String value = parameter.getValue() == null ? "" : parameter.getValue();
        return switch (parameter.getName()) {
            case SERVER_BITS -> BITS.matcher(value).matches();
            case CLIENT_BITS -> value.isEmpty() || BITS.matcher(value).matches();
            default -> FLAGS.contains(parameter.getName()) && value.isEmpty();
        };
    }
}
