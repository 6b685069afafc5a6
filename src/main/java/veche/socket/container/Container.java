package veche.socket.container;

/** The server's WebSocket implementation, as far as the difference matters. */
public enum Container {
    TOMCAT("org.apache.tomcat.websocket.WsSession"),
    TYRUS("org.glassfish.tyrus.core.TyrusSession"),
    OTHER("");

    private final String session;

    Container(String session) {
        this.session = session;
    }

    /** The container that this application is deployed on. */
    public static Container present() {
        return has(TYRUS) ? TYRUS : has(TOMCAT) ? TOMCAT : OTHER;
    }

    private static boolean has(Container container) {
        try {
            Class.forName(container.session, false, Container.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
