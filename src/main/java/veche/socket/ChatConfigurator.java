package veche.socket;

import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.enterprise.inject.spi.InjectionTarget;
import jakarta.websocket.Extension;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import veche.dialect.Opening;

/**
 * The container's side of the handshake: the origin rule once more, the subprotocol that the policy chose, the identity
 * into this connection's properties alone, and an endpoint with its injection done on servers that do it and on those
 * that do not.
 */
public class ChatConfigurator extends ServerEndpointConfig.Configurator {
    @Override
    public boolean checkOrigin(String origin) {
        return Handshake.current()
                .filter(passed -> CDI.current()
                        .select(HandshakePolicy.class)
                        .get()
                        .admitsOrigin(origin == null || origin.isEmpty() ? null : origin, passed.ownOrigin()))
                .isPresent();
    }

    @Override
    public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
        return Handshake.current().map(passed -> passed.opening().subprotocol()).orElse("");
    }

    @Override
    public List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) {
        boolean allowed = Handshake.current().map(Handshake::deflate).orElse(false);
        return allowed ? Deflate.negotiate(installed, requested) : List.of();
    }

    @Override
    public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
        Handshake.current()
                .ifPresent(passed -> config.getUserProperties().put(Opening.class.getName(), passed.opening()));
    }

    @Override
    public <T> T getEndpointInstance(Class<T> type) {
        BeanManager beans = CDI.current().getBeanManager();
        InjectionTarget<T> target =
                beans.getInjectionTargetFactory(beans.createAnnotatedType(type)).createInjectionTarget(null);
        CreationalContext<T> context = beans.createCreationalContext(null);
        T endpoint = target.produce(context);
        target.inject(endpoint, context);
        return endpoint;
    }
}
