package veche.socket;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;
import veche.dialect.CloseCode;
import veche.room.RoomSessions;

/** Closes the connections of a user whom the container has authenticated when the HTTP session ends. */
@WebListener
public class LogoutListener implements HttpSessionListener, HttpSessionIdListener {
    @Inject
    private Gateway gateway;

    @Inject
    private RoomSessions roomSessions;

    @Override
    public void sessionIdChanged(HttpSessionEvent event, String oldId) {
        gateway.logins().rename(oldId, event.getSession().getId());
    }

    @Override
    public void sessionDestroyed(HttpSessionEvent event) {
        for (ConnectionHandler connection :
                gateway.logins().end(event.getSession().getId())) {
            boolean ended = roomSessions.end(connection.author().id(), connection.id(), LoginSessions.LOGGED_OUT);
            if (!ended) {
                connection.close(CloseCode.POLICY, LoginSessions.LOGGED_OUT);
            }
        }
    }
}
