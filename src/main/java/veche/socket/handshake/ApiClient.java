package veche.socket.handshake;

import veche.identity.Identification;

/**
 * The client of a request of the HTTP API, before it is identified.
 *
 * @param address the client's IP address, as forwarded by trusted proxies
 * @param presented its credentials
 */
public record ApiClient(String address, Identification.Presented presented) {
    /** Whether the request has the header field {@code Authorization}, which a browser does not add by itself. */
    public boolean hasAuthorization() {
        return presented.authorization() != null;
    }
}
