package veche.dialect.soap;

import java.util.List;
import java.util.Locale;
import javax.xml.namespace.QName;
import veche.dialect.soap.chat.ChatFaultBody;
import veche.dialect.soap.chat.FaultReason;
import veche.identity.Identification;
import veche.room.Refusal;

/** The faults that we give. */
final class Faults {
    private static final FaultDetail NONE = new FaultDetail.None();

    private Faults() {}

    /** SOAP 1.2 part 1, §2.8: the root is not our Envelope. */
    static SoapFault versionMismatch(QName root) {
        return new SoapFault(
                Soap.Code.VERSION_MISMATCH,
                List.of(),
                Reason.of("version_mismatch"),
                new FaultDetail.Upgrade(root.equals(Soap.ENVELOPE_1_1)));
    }

    /** SOAP 1.2 part 1, §2.4. */
    static SoapFault mustUnderstand(List<QName> headers) {
        return new SoapFault(
                Soap.Code.MUST_UNDERSTAND,
                List.of(),
                Reason.of("must_understand"),
                new FaultDetail.NotUnderstood(headers));
    }

    /** An {@code encodingStyle} other than none. */
    static SoapFault dataEncodingUnknown() {
        return new SoapFault(Soap.Code.DATA_ENCODING_UNKNOWN, List.of(), Reason.of("data_encoding_unknown"), NONE);
    }

    /** XML, but not a SOAP envelope as SOAP 1.2 part 1, §5 has it. */
    static SoapFault envelope(String key, Object... arguments) {
        return new SoapFault(Soap.Code.SENDER, List.of(), Reason.of("envelope." + key, arguments), NONE);
    }

    /** More of something than the limit. */
    static SoapFault limit(String what, long limit) {
        return new SoapFault(
                Soap.Code.SENDER,
                List.of(ChatNames.name("TooBig")),
                Reason.of("limit." + what, limit),
                chat(FaultReason.TOO_BIG, null));
    }

    /** A limit of the parser itself: long names, mostly. */
    static SoapFault parserLimit() {
        return new SoapFault(
                Soap.Code.SENDER,
                List.of(ChatNames.name("TooBig")),
                Reason.of("limit.parser"),
                chat(FaultReason.TOO_BIG, null));
    }

    /** WS-Addressing 1.0 SOAP binding, §6.4.1. */
    static SoapFault invalidHeader(QName subcode, QName header) {
        return new SoapFault(
                Soap.Code.SENDER,
                List.of(Wsa.INVALID_ADDRESSING_HEADER, subcode),
                Reason.of("invalid_addressing_header"),
                new FaultDetail.ProblemHeader(header));
    }

    /** WS-Addressing 1.0 SOAP binding, §6.4.2. */
    static SoapFault headerRequired(QName header) {
        return new SoapFault(
                Soap.Code.SENDER,
                List.of(Wsa.MESSAGE_ADDRESSING_HEADER_REQUIRED),
                Reason.of("header_required"),
                new FaultDetail.ProblemHeader(header));
    }

    /** WS-Addressing 1.0 SOAP binding, §6.4.3. */
    static SoapFault destinationUnreachable(String to) {
        return new SoapFault(
                Soap.Code.SENDER,
                List.of(Wsa.DESTINATION_UNREACHABLE),
                Reason.of("destination_unreachable"),
                new FaultDetail.ProblemIri(to));
    }

    /** WS-Addressing 1.0 SOAP binding, §6.4.4. */
    static SoapFault actionNotSupported(String action) {
        return new SoapFault(
                Soap.Code.SENDER,
                List.of(Wsa.ACTION_NOT_SUPPORTED),
                Reason.of("action_not_supported", action),
                new FaultDetail.ProblemAction(action));
    }

    /** The body is not what the schema says. */
    static SoapFault invalidBody(String why) {
        return new SoapFault(
                Soap.Code.SENDER,
                List.of(ChatNames.name("Invalid")),
                Reason.of("invalid_body"),
                chat(FaultReason.INVALID, why));
    }

    /** A room said no. */
    static SoapFault refused(Refusal refusal) {
        FaultReason reason = FaultReason.fromValue(refusal.reason().name().toLowerCase(Locale.ROOT));
        boolean ours = switch (refusal.reason()) {
            case BUSY, LOG_UNAVAILABLE, STOPPING -> true;
            case BAD_ROOM_NAME, INVALID, TOO_BIG, NO_SUCH_MESSAGE, NOT_ALLOWED, BANNED, MUTED -> false;
        };
        return new SoapFault(
                ours ? Soap.Code.RECEIVER : Soap.Code.SENDER,
                List.of(ChatNames.name(subcode(reason))),
                Reason.of("refused." + reason.value()),
                chat(reason, refusal.getMessage()));
    }

    /** A called procedure answered with an error, or there is none. */
    static SoapFault callFailed(Procedures.Failure failure) {
        ChatFaultBody body = body(FaultReason.CALL_FAILED, null);
        body.setError(failure.error());
        body.setArgs(Values.list(failure.args()));
        body.setKwargs(Values.dict(failure.kwargs()));
        return new SoapFault(
                Soap.Code.RECEIVER,
                List.of(ChatNames.name("CallFailed")),
                Reason.of("call_failed", failure.error()),
                new FaultDetail.Chat(body));
    }

    /** Our own fault; the incident is what the log has of it. */
    static SoapFault internal(String incident) {
        ChatFaultBody body = body(FaultReason.INTERNAL_ERROR, null);
        body.setIncident(incident);
        return new SoapFault(
                Soap.Code.RECEIVER,
                List.of(ChatNames.name("InternalError")),
                Reason.of("internal_error", incident),
                new FaultDetail.Chat(body));
    }

    /** A name that cannot be shown. */
    static SoapFault badIdentity(Identification.BadIdentity bad) {
        return refused(new Refusal(Refusal.Reason.INVALID, bad.getMessage()));
    }

    private static String subcode(FaultReason reason) {
        StringBuilder name = new StringBuilder();
        for (String word : reason.value().split("_")) {
            name.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
        }
        return name.toString();
    }

    private static FaultDetail chat(FaultReason reason, String message) {
        return new FaultDetail.Chat(body(reason, message));
    }

    private static ChatFaultBody body(FaultReason reason, String message) {
        ChatFaultBody body = new ChatFaultBody();
        body.setReason(reason);
        body.setMessage(message);
        return body;
    }
}
