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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import veche.dialect.HandshakeInfo;
import veche.socket.handshake.Handshake;

/**
 * Applies the accepted {@link Handshake} in the container's handshake: repeats the origin check, negotiates the
 * selected subprotocol and the extensions, and stores the {@link HandshakeInfo} and the user's HTTP session in the user
 * properties of this connection only. Performs CDI injection into endpoints, since not all servers do.
 */
public class ChatConfigurator extends ServerEndpointConfig.Configurator {
    private final Map<Class<?>, InjectionTarget<?>> targets = new ConcurrentHashMap<>();

    @Override
    public boolean checkOrigin(String origin) {
        return Handshake.current().filter(passed -> passed.admits(origin)).isPresent();
    }

    @Override
    public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
        return Handshake.current()
                .map(passed -> passed.handshake().subprotocol())
                .orElse("");
    }

    @Override
    public List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) {
        return Handshake.current()
                .flatMap(Handshake::deflate)
                .map(deflate -> deflate.negotiate(installed, requested))
                .orElse(List.of());
    }

    @Override
    public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
        Handshake.current().ifPresent(passed -> {
            config.getUserProperties().put(HandshakeInfo.class.getName(), passed.handshake());
            config.getUserProperties().put(LoginSessions.class.getName(), passed.login());
        });
    }

    @Override
    public <T> T getEndpointInstance(Class<T> type) {
        CreationalContext<T> context = CDI.current().getBeanManager().createCreationalContext(null);
        InjectionTarget<T> target = target(type);
        T endpoint = target.produce(context);
        target.inject(endpoint, context);
        return endpoint;
    }

    /** Cached, since the introspection of a class by CDI takes longer than the whole handshake. */
    @SuppressWarnings("unchecked") // the key determines the type
    private <T> InjectionTarget<T> target(Class<T> type) {
        return (InjectionTarget<T>) targets.computeIfAbsent(type, unseen -> {
            BeanManager beans = CDI.current().getBeanManager();
            return beans.getInjectionTargetFactory(beans.createAnnotatedType(unseen))
                    .createInjectionTarget(null);
        });
    }
}
