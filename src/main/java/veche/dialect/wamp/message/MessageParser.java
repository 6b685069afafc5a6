package veche.dialect.wamp.message;

import java.util.List;
import org.jspecify.annotations.Nullable;
import veche.dialect.wamp.message.PubSubMessage.Event;
import veche.dialect.wamp.message.PubSubMessage.Publish;
import veche.dialect.wamp.message.PubSubMessage.Published;
import veche.dialect.wamp.message.PubSubMessage.Subscribe;
import veche.dialect.wamp.message.PubSubMessage.Subscribed;
import veche.dialect.wamp.message.PubSubMessage.Unsubscribe;
import veche.dialect.wamp.message.PubSubMessage.Unsubscribed;
import veche.dialect.wamp.message.RpcMessage.Call;
import veche.dialect.wamp.message.RpcMessage.Cancel;
import veche.dialect.wamp.message.RpcMessage.Interrupt;
import veche.dialect.wamp.message.RpcMessage.Invocation;
import veche.dialect.wamp.message.RpcMessage.Register;
import veche.dialect.wamp.message.RpcMessage.Registered;
import veche.dialect.wamp.message.RpcMessage.Result;
import veche.dialect.wamp.message.RpcMessage.Unregister;
import veche.dialect.wamp.message.RpcMessage.Unregistered;
import veche.dialect.wamp.message.RpcMessage.Yield;
import veche.dialect.wamp.message.SessionMessage.Abort;
import veche.dialect.wamp.message.SessionMessage.Authenticate;
import veche.dialect.wamp.message.SessionMessage.Challenge;
import veche.dialect.wamp.message.SessionMessage.Goodbye;
import veche.dialect.wamp.message.SessionMessage.Hello;
import veche.dialect.wamp.message.SessionMessage.Welcome;

/** Parses WAMP v2 messages from decoded lists. */
public final class MessageParser {
    private MessageParser() {}

    /**
     * Parses one message.
     *
     * @throws ProtocolViolationException if the list is not a valid message
     */
    public static WampMessage parse(List<@Nullable Object> message) {
        if (!(Ids.whole(message.get(0)) instanceof Long type)) {
            throw new ProtocolViolationException("The first element of a message must be its type");
        }
        Fields fields = new Fields(message);
        return switch (type < 0 || type > Yield.TYPE ? -1 : type.intValue()) {
            case Hello.TYPE -> fields.whole(new Hello(fields.string(), fields.dict()));
            case Welcome.TYPE -> fields.whole(new Welcome(fields.id(), fields.dict()));
            case Abort.TYPE -> fields.whole(new Abort(fields.dict(), fields.string(), fields.payload()));
            case Challenge.TYPE -> fields.whole(new Challenge(fields.string(), fields.dict()));
            case Authenticate.TYPE -> fields.whole(new Authenticate(fields.string(), fields.dictIfAny()));
            case Goodbye.TYPE -> fields.whole(new Goodbye(fields.dict(), fields.string()));
            case WampMessage.Error.TYPE ->
                fields.whole(new WampMessage.Error(
                        fields.type(), fields.id(), fields.dict(), fields.string(), fields.payload()));
            case Publish.TYPE ->
                fields.whole(new Publish(fields.id(), fields.dict(), fields.string(), fields.payload()));
            case Published.TYPE -> fields.whole(new Published(fields.id(), fields.id()));
            case Subscribe.TYPE -> fields.whole(new Subscribe(fields.id(), fields.dict(), fields.string()));
            case Subscribed.TYPE -> fields.whole(new Subscribed(fields.id(), fields.id()));
            case Unsubscribe.TYPE -> fields.whole(new Unsubscribe(fields.id(), fields.id()));
            case Unsubscribed.TYPE -> fields.whole(new Unsubscribed(fields.id()));
            case Event.TYPE -> fields.whole(new Event(fields.id(), fields.id(), fields.dict(), fields.payload()));
            case Call.TYPE -> fields.whole(new Call(fields.id(), fields.dict(), fields.string(), fields.payload()));
            case Cancel.TYPE -> fields.whole(new Cancel(fields.id(), fields.dict()));
            case Result.TYPE -> fields.whole(new Result(fields.id(), fields.dict(), fields.payload()));
            case Register.TYPE -> fields.whole(new Register(fields.id(), fields.dict(), fields.string()));
            case Registered.TYPE -> fields.whole(new Registered(fields.id(), fields.id()));
            case Unregister.TYPE -> fields.whole(new Unregister(fields.id(), fields.id()));
            case Unregistered.TYPE -> fields.whole(new Unregistered(fields.id()));
            case Invocation.TYPE ->
                fields.whole(new Invocation(fields.id(), fields.id(), fields.dict(), fields.payload()));
            case Interrupt.TYPE -> fields.whole(new Interrupt(fields.id(), fields.dict()));
            case Yield.TYPE -> fields.whole(new Yield(fields.id(), fields.dict(), fields.payload()));
            default -> throw new ProtocolViolationException("Unknown message type " + type);
        };
    }
}
