package veche.dialect.wamp.v2;

import veche.dialect.wamp.message.Dict;
import veche.dialect.wamp.message.Payload;
import veche.dialect.wamp.message.ProtocolViolationException;
import veche.dialect.wamp.message.PubSubMessage.Publish;
import veche.dialect.wamp.message.PubSubMessage.Subscribe;
import veche.dialect.wamp.message.PubSubMessage.Unsubscribe;
import veche.dialect.wamp.message.RpcMessage.Call;
import veche.dialect.wamp.message.RpcMessage.Cancel;
import veche.dialect.wamp.message.RpcMessage.Register;
import veche.dialect.wamp.message.RpcMessage.Unregister;
import veche.dialect.wamp.message.RpcMessage.Yield;
import veche.dialect.wamp.message.Uri;
import veche.dialect.wamp.message.WampMessage;
import veche.dialect.wamp.router.Match;
import veche.dialect.wamp.router.Router;
import veche.dialect.wamp.router.Session;

/** Handles the messages of a client within its session. Checks the sequence of request IDs and the syntax of URIs. */
final class RequestHandler {
    private final Router router;
    private final Session session;
    private final boolean strictUris;
    private final RequestIds ids;

    RequestHandler(Router router, Session session, V2Settings settings) {
        this.router = router;
        this.session = session;
        this.strictUris = settings.strictUris();
        this.ids = new RequestIds(session, settings.strictIds());
    }

    Session session() {
        return session;
    }

    void handle(WampMessage message) {
        switch (message.type()) {
            case Publish.TYPE -> publish((Publish) message);
            case Subscribe.TYPE -> subscribe((Subscribe) message);
            case Unsubscribe.TYPE -> unsubscribe((Unsubscribe) message);
            case Call.TYPE -> call((Call) message);
            case Cancel.TYPE -> router.cancel(session, (Cancel) message);
            case Register.TYPE -> register((Register) message);
            case Unregister.TYPE -> unregister((Unregister) message);
            case Yield.TYPE -> router.yield(session, (Yield) message);
            case WampMessage.Error.TYPE -> error((WampMessage.Error) message);
            default ->
                throw new ProtocolViolationException(
                        "Message type " + message.type() + " must not be sent by a client in an open session");
        }
    }

    private void publish(Publish request) {
        ids.accept(request);
        if (valid(request.topic(), false)) {
            router.publish(session, request);
        } else if (request.options().flag("acknowledge")) {
            Router.refuseUri(session, Publish.TYPE, request.request(), request.topic());
        }
    }

    private void subscribe(Subscribe request) {
        ids.accept(request.request());
        if (valid(request.topic(), request.options())) {
            router.subscribe(session, request);
        } else {
            Router.refuseUri(session, Subscribe.TYPE, request.request(), request.topic());
        }
    }

    private void unsubscribe(Unsubscribe request) {
        ids.accept(request.request());
        router.unsubscribe(session, request);
    }

    private void call(Call request) {
        if (ids.repeats(request)) {
            if (ids.acceptContinuation(request)) {
                router.more(session, request);
            }
            return;
        }
        ids.accept(request);
        if (valid(request.procedure(), false)) {
            router.call(session, request);
        } else {
            Router.refuseUri(session, Call.TYPE, request.request(), request.procedure());
        }
    }

    private void register(Register request) {
        ids.accept(request.request());
        if (valid(request.procedure(), request.options())) {
            router.register(session, request);
        } else {
            Router.refuseUri(session, Register.TYPE, request.request(), request.procedure());
        }
    }

    private void unregister(Unregister request) {
        ids.accept(request.request());
        router.unregister(session, request);
    }

    private void error(WampMessage.Error answer) {
        router.error(session, valid(answer.error(), false) ? answer : invalid(answer));
    }

    private static WampMessage.Error invalid(WampMessage.Error answer) {
        Payload text = Payload.of("The callee returned an error that is not a valid URI: " + answer.error());
        return new WampMessage.Error(answer.requestType(), answer.request(), Dict.EMPTY, Uri.INVALID_URI, text);
    }

    private boolean valid(String uri, Dict options) {
        String match = options.string("match").orElse("exact");
        boolean pattern = !match.equals("exact");
        boolean withinLimit = !match.equals(Match.WILDCARD.wireName())
                || uri.chars().filter(c -> c == '.').count() < Uri.MAX_COMPONENTS;
        return withinLimit && valid(uri, pattern);
    }

    private boolean valid(String uri, boolean allowEmpty) {
        return Uri.valid(uri, strictUris, allowEmpty);
    }
}
