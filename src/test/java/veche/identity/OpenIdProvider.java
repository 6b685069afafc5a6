package veche.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** An OpenID Provider on this machine: its metadata, its current key, and tokens as Keycloak issues them. */
public final class OpenIdProvider implements AutoCloseable {
    private static final String REALM = "/realms/shop";
    private static final RSAKey FIRST = generate("1");

    private final HttpServer server;
    private final Map<String, Object> metadata = new HashMap<>();
    private volatile RSAKey key = FIRST;

    public OpenIdProvider() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        metadata.put("issuer", issuer());
        metadata.put("jwks_uri", issuer() + "/certs");
        serve("/.well-known/openid-configuration", () -> JSONObjectUtils.toJSONString(metadata));
        serve("/certs", () -> new JWKSet(key).toString(true));
        server.start();
    }

    private static RSAKey generate(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private void serve(String path, Supplier<String> content) {
        server.createContext(
                REALM + path, exchange -> answer(exchange, content.get().getBytes(UTF_8)));
    }

    private static void answer(HttpExchange exchange, byte[] content) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
        }
    }

    /** The issuer's identifier. */
    public String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + REALM;
    }

    /** Replaces a member of the metadata; null removes it. */
    void announce(String member, String value) {
        metadata.put(member, value);
    }

    /** Replaces the key. */
    void rotate(String id) {
        key = generate(id);
    }

    /** A token for the audience {@code veche}, signed with the current key. */
    public String token(UnaryOperator<JWTClaimsSet.Builder> more) {
        try {
            JWTClaimsSet claims = Issuer.claims(
                    "f:1:anna", standard -> more.apply(standard.issuer(issuer()).audience("veche")));
            return Issuer.sign(JWSAlgorithm.RS256, key.getKeyID(), new RSASSASigner(key), claims);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
