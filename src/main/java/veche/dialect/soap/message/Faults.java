package veche.dialect.soap.message;

import java.util.List;
import java.util.Locale;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;
import veche.dialect.Failures;
import veche.dialect.soap.chat.ChatFaultBody;
import veche.dialect.soap.chat.Dict;
import veche.dialect.soap.chat.FaultReason;
import veche.dialect.soap.chat.ValueList;
import veche.room.RefusedException;

/** Factory methods for all faults that the server sends. */
public final class Faults {
    private static final FaultDetail NONE = new FaultDetail.None();

    private Faults() {}

    /** SOAP 1.2 part 1, §2.8: the root element is not a SOAP 1.2 Envelope. */
    static SoapFaultException versionMismatch(QName root) {
        return new SoapFaultException(
                Soap.Code.VERSION_MISMATCH,
                List.of(),
                FaultText.of("version_mismatch"),
                new FaultDetail.Upgrade(root.equals(Soap.ENVELOPE_1_1)));
    }

    /** SOAP 1.2 part 1, §2.4: mandatory headers were not understood. */
    static SoapFaultException mustUnderstand(List<QName> headers) {
        return new SoapFaultException(
                Soap.Code.MUST_UNDERSTAND,
                List.of(),
                FaultText.of("must_understand"),
                new FaultDetail.NotUnderstood(headers));
    }

    /** The {@code encodingStyle} is not the "none" encoding. */
    static SoapFaultException dataEncodingUnknown() {
        return new SoapFaultException(
                Soap.Code.DATA_ENCODING_UNKNOWN, List.of(), FaultText.of("data_encoding_unknown"), NONE);
    }

    /** Well-formed XML that is not a valid envelope (SOAP 1.2 part 1, §5). */
    static SoapFaultException envelope(String key, Object... arguments) {
        return new SoapFaultException(Soap.Code.SENDER, List.of(), FaultText.of("envelope." + key, arguments), NONE);
    }

    /** A limit was exceeded. */
    static SoapFaultException limit(String what, long limit) {
        return new SoapFaultException(
                Soap.Code.SENDER,
                List.of(ChatNames.name("TooBig")),
                FaultText.of("limit." + what, limit),
                chat(FaultReason.TOO_BIG, null));
    }

    /** A limit of the XML parser itself was exceeded, typically by a long name. */
    static SoapFaultException parserLimit() {
        return new SoapFaultException(
                Soap.Code.SENDER,
                List.of(ChatNames.name("TooBig")),
                FaultText.of("limit.parser"),
                chat(FaultReason.TOO_BIG, null));
    }

    /** WS-Addressing 1.0 SOAP binding, §6.4.1. */
    static SoapFaultException invalidHeader(QName subcode, QName header) {
        return new SoapFaultException(
                Soap.Code.SENDER,
                List.of(Wsa.INVALID_ADDRESSING_HEADER, subcode),
                FaultText.of("invalid_addressing_header"),
                new FaultDetail.ProblemHeader(header));
    }

    /** WS-Addressing 1.0 SOAP binding, §6.4.2. */
    static SoapFaultException headerRequired(QName header) {
        return new SoapFaultException(
                Soap.Code.SENDER,
                List.of(Wsa.MESSAGE_ADDRESSING_HEADER_REQUIRED),
                FaultText.of("header_required"),
                new FaultDetail.ProblemHeader(header));
    }

    /** WS-Addressing 1.0 SOAP binding, §6.4.3. */
    static SoapFaultException destinationUnreachable(String to) {
        return new SoapFaultException(
                Soap.Code.SENDER,
                List.of(Wsa.DESTINATION_UNREACHABLE),
                FaultText.of("destination_unreachable"),
                new FaultDetail.ProblemIri(to));
    }

    /** WS-Addressing 1.0 SOAP binding, §6.4.4. */
    static SoapFaultException actionNotSupported(String action) {
        return new SoapFaultException(
                Soap.Code.SENDER,
                List.of(Wsa.ACTION_NOT_SUPPORTED),
                FaultText.of("action_not_supported", action),
                new FaultDetail.ProblemAction(action));
    }

    /** The body is not valid against the schema. */
    static SoapFaultException invalidBody(String why) {
        return new SoapFaultException(
                Soap.Code.SENDER,
                List.of(ChatNames.name("Invalid")),
                FaultText.of("invalid_body"),
                chat(FaultReason.INVALID, why));
    }

    /** The room or its moderation rejected the operation. */
    public static SoapFaultException refused(RefusedException refusal) {
        FaultReason reason = FaultReason.fromValue(refusal.reason().name().toLowerCase(Locale.ROOT));
        boolean serverSide = switch (refusal.reason()) {
            case BUSY, LOG_UNAVAILABLE, STOPPING -> true;
            case BAD_ROOM_NAME,
                    INVALID,
                    TOO_BIG,
                    NO_SUCH_MESSAGE,
                    NOT_ALLOWED,
                    BANNED,
                    MUTED,
                    SLOW,
                    LIMITED,
                    READ_ONLY,
                    CLOSED -> false;
        };
        ChatFaultBody body = body(reason, Failures.message(refusal));
        refusal.retryMillis().ifPresent(body::setRetryMs);
        return new SoapFaultException(
                serverSide ? Soap.Code.RECEIVER : Soap.Code.SENDER,
                List.of(ChatNames.name(subcode(reason))),
                FaultText.of("refused." + reason.value()),
                new FaultDetail.Chat(body));
    }

    /** The called procedure returned an error, or is not registered. */
    public static SoapFaultException callFailed(String error, ValueList args, Dict kwargs) {
        ChatFaultBody body = body(FaultReason.CALL_FAILED, null);
        body.setError(error);
        body.setArgs(args);
        body.setKwargs(kwargs);
        return new SoapFaultException(
                Soap.Code.RECEIVER,
                List.of(ChatNames.name("CallFailed")),
                FaultText.of("call_failed", error),
                new FaultDetail.Chat(body));
    }

    /** An internal error; the server's log contains the incident id. */
    public static SoapFaultException internal(String incident) {
        ChatFaultBody body = body(FaultReason.INTERNAL_ERROR, null);
        body.setIncident(incident);
        return new SoapFaultException(
                Soap.Code.RECEIVER,
                List.of(ChatNames.name("InternalError")),
                FaultText.of("internal_error", incident),
                new FaultDetail.Chat(body));
    }

    /** The display name or the token is not valid. */
    public static SoapFaultException badIdentity(RuntimeException bad) {
        return refused(new RefusedException(RefusedException.Reason.INVALID, Failures.message(bad)));
    }

    private static String subcode(FaultReason reason) {
        StringBuilder name = new StringBuilder();
        for (String part : reason.value().split("_", -1)) {
            name.append(Character.toUpperCase(part.charAt(0))).append(part, 1, part.length());
        }
        return name.toString();
    }

    private static FaultDetail chat(FaultReason reason, @Nullable String message) {
        return new FaultDetail.Chat(body(reason, message));
    }

    private static ChatFaultBody body(FaultReason reason, @Nullable String message) {
        ChatFaultBody body = new ChatFaultBody();
        body.setReason(reason);
        body.setMessage(message);
        return body;
    }
}
