package veche.lab;

import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import veche.socket.ChatConfigurator;

/** Passes the recorded handshake to the lab's endpoint. */
public class LabConfigurator extends ChatConfigurator {
    @Override
    public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
        super.modifyHandshake(config, request, response);
        LabHandshake.current()
                .ifPresent(handshake -> config.getUserProperties().put(LabHandshake.class.getName(), handshake));
    }
}
