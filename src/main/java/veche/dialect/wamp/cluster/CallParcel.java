package veche.dialect.wamp.cluster;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import veche.dialect.wamp.codec.Format;
import veche.dialect.wamp.message.Dict;
import veche.dialect.wamp.message.Payload;
import veche.dialect.wamp.router.Match;
import veche.dialect.wamp.router.Registration.Policy;

/** What nodes exchange about registrations and calls. A callee is named by the id of its session. */
sealed interface CallParcel {
    /**
     * The registrations of the sender follow, and then {@link StateEnd}. Parcels of the sender may have been lost, so
     * calls between the two nodes are not certain to be answered any more.
     */
    record StateBegin() implements CallParcel {
        @Override
        public ParcelFields fields() {
            return ParcelFields.of("state");
        }

        @Override
        public void passTo(Receiver receiver) {
            receiver.beginState();
        }
    }

    /** All registrations of the sender have been sent. */
    record StateEnd() implements CallParcel {
        @Override
        public ParcelFields fields() {
            return ParcelFields.of("state_end");
        }

        @Override
        public void passTo(Receiver receiver) {
            receiver.endState();
        }
    }

    /**
     * A callee of the sender has registered a procedure.
     *
     * @param features those that the callee has announced for its role
     * @param number of the callee, over all nodes
     */
    record Registering(
            long callee,
            Match match,
            String procedure,
            Set<String> features,
            Policy policy,
            long number,
            boolean ownTimeout,
            boolean disclosesCaller)
            implements CallParcel {
        @Override
        public ParcelFields fields() {
            return ParcelFields.of(
                    "register",
                    callee,
                    match.name(),
                    procedure,
                    List.copyOf(features),
                    policy.name(),
                    number,
                    ownTimeout,
                    disclosesCaller);
        }

        @Override
        public void passTo(Receiver receiver) {
            receiver.register(this);
        }
    }

    /** A callee of the sender has left a registration. */
    record Unregistering(long callee, Match match, String procedure) implements CallParcel {
        @Override
        public ParcelFields fields() {
            return ParcelFields.of("unregister", callee, match.name(), procedure);
        }

        @Override
        public void passTo(Receiver receiver) {
            receiver.unregister(this);
        }
    }

    /**
     * Invokes a callee of the receiver.
     *
     * @param invocation distinguishes the invocations of the callee by the sender
     * @param pattern the procedure or pattern that the callee has registered
     */
    record Invoking(long callee, long invocation, Match match, String pattern, Dict details, Payload payload)
            implements CallParcel {
        @Override
        public ParcelFields fields() {
            return ParcelFields.of(
                    "invoke",
                    callee,
                    invocation,
                    match.name(),
                    pattern,
                    details.entries(),
                    payload.args(),
                    payload.kwargs());
        }

        @Override
        public void passTo(Receiver receiver) {
            receiver.invoke(this);
        }
    }

    /** A further part of a progressive call. */
    record More(long callee, long invocation, Dict details, Payload payload) implements CallParcel {
        @Override
        public ParcelFields fields() {
            return ParcelFields.of("more", callee, invocation, details.entries(), payload.args(), payload.kwargs());
        }

        @Override
        public void passTo(Receiver receiver) {
            receiver.more(this);
        }
    }

    /** Cancels an invocation of a callee of the receiver. */
    record Canceling(long callee, long invocation, String mode) implements CallParcel {
        @Override
        public ParcelFields fields() {
            return ParcelFields.of("cancel", callee, invocation, mode);
        }

        @Override
        public void passTo(Receiver receiver) {
            receiver.cancel(this);
        }
    }

    /** A result of a callee of the sender. */
    record Answer(long callee, long invocation, Dict details, Payload payload) implements CallParcel {
        @Override
        public ParcelFields fields() {
            return ParcelFields.of("result", callee, invocation, details.entries(), payload.args(), payload.kwargs());
        }

        @Override
        public void passTo(Receiver receiver) {
            receiver.result(this);
        }
    }

    /** An error of a callee of the sender, or of its router. */
    record Failure(long callee, long invocation, Dict details, String uri, Payload payload) implements CallParcel {
        @Override
        public ParcelFields fields() {
            return ParcelFields.of(
                    "error", callee, invocation, details.entries(), uri, payload.args(), payload.kwargs());
        }

        @Override
        public void passTo(Receiver receiver) {
            receiver.error(this);
        }
    }

    /** Processes each kind of parcel. */
    interface Receiver {
        void beginState();

        void endState();

        void register(Registering parcel);

        void unregister(Unregistering parcel);

        void invoke(Invoking parcel);

        void more(More parcel);

        void cancel(Canceling parcel);

        void result(Answer parcel);

        void error(Failure parcel);
    }

    ParcelFields fields();

    void passTo(Receiver receiver);

    /** @throws veche.dialect.wamp.codec.UnmappableException if the payload cannot be represented */
    default byte[] encode(Format cbor) {
        return fields().encode(cbor);
    }

    /** The parcel of these bytes; empty if they are of another version, or of a kind that this one lacks. */
    static Optional<CallParcel> decode(Format cbor, byte[] bytes) {
        return ParcelFields.decode(cbor, bytes).flatMap(CallParcel::of);
    }

    private static Optional<CallParcel> of(ParcelFields in) {
        CallParcel parcel = switch (in.text(0)) {
            case "state" -> new StateBegin();
            case "state_end" -> new StateEnd();
            case "register" ->
                new Registering(
                        in.number(1),
                        Match.valueOf(in.text(2)),
                        in.text(3),
                        in.texts(4),
                        Policy.valueOf(in.text(5)),
                        in.number(6),
                        in.flag(7),
                        in.flag(8));
            case "unregister" -> new Unregistering(in.number(1), Match.valueOf(in.text(2)), in.text(3));
            case "invoke" ->
                new Invoking(
                        in.number(1),
                        in.number(2),
                        Match.valueOf(in.text(3)),
                        in.text(4),
                        in.options(5),
                        in.payload(6));
            case "more" -> new More(in.number(1), in.number(2), in.options(3), in.payload(4));
            case "cancel" -> new Canceling(in.number(1), in.number(2), in.text(3));
            case "result" -> new Answer(in.number(1), in.number(2), in.options(3), in.payload(4));
            case "error" -> new Failure(in.number(1), in.number(2), in.options(3), in.text(4), in.payload(5));
            default -> null;
        };
        return Optional.ofNullable(parcel);
    }
}
