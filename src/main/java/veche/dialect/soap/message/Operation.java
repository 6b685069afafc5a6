package veche.dialect.soap.message;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import veche.dialect.soap.chat.AuditBody;
import veche.dialect.soap.chat.BanBody;
import veche.dialect.soap.chat.CallBody;
import veche.dialect.soap.chat.CloseRoomBody;
import veche.dialect.soap.chat.DeleteBody;
import veche.dialect.soap.chat.EditBody;
import veche.dialect.soap.chat.EraseBody;
import veche.dialect.soap.chat.HistoryBody;
import veche.dialect.soap.chat.HoldBody;
import veche.dialect.soap.chat.JoinBody;
import veche.dialect.soap.chat.KickBody;
import veche.dialect.soap.chat.LeaveBody;
import veche.dialect.soap.chat.MembersBody;
import veche.dialect.soap.chat.MuteBody;
import veche.dialect.soap.chat.OpenRoomBody;
import veche.dialect.soap.chat.ReactBody;
import veche.dialect.soap.chat.ReadBody;
import veche.dialect.soap.chat.RefreshBody;
import veche.dialect.soap.chat.ReleaseBody;
import veche.dialect.soap.chat.RevokeBody;
import veche.dialect.soap.chat.RoomsBody;
import veche.dialect.soap.chat.SanctionsBody;
import veche.dialect.soap.chat.SendBody;
import veche.dialect.soap.chat.SetReadOnlyBody;
import veche.dialect.soap.chat.SetSlowModeBody;
import veche.dialect.soap.chat.TypingBody;
import veche.dialect.soap.chat.UnbanBody;
import veche.dialect.soap.chat.UnmuteBody;

/** The request operations of {@code chat.wsdl}. */
public enum Operation {
    JOIN("Join", JoinBody.class),
    LEAVE("Leave", LeaveBody.class),
    SEND("Send", SendBody.class),
    HISTORY("History", HistoryBody.class),
    MEMBERS("Members", MembersBody.class),
    ROOMS("Rooms", RoomsBody.class),
    EDIT("Edit", EditBody.class),
    DELETE("Delete", DeleteBody.class),
    REACT("React", ReactBody.class),
    TYPING("Typing", TypingBody.class),
    READ("Read", ReadBody.class),
    REFRESH("Refresh", RefreshBody.class),
    CALL("Call", CallBody.class),
    KICK("Kick", KickBody.class),
    BAN("Ban", BanBody.class),
    UNBAN("Unban", UnbanBody.class),
    MUTE("Mute", MuteBody.class),
    UNMUTE("Unmute", UnmuteBody.class),
    SET_SLOW_MODE("SetSlowMode", SetSlowModeBody.class),
    SET_READ_ONLY("SetReadOnly", SetReadOnlyBody.class),
    CLOSE_ROOM("CloseRoom", CloseRoomBody.class),
    OPEN_ROOM("OpenRoom", OpenRoomBody.class),
    SANCTIONS("Sanctions", SanctionsBody.class),
    AUDIT("Audit", AuditBody.class),
    REVOKE("Revoke", RevokeBody.class),
    ERASE("Erase", EraseBody.class),
    HOLD("Hold", HoldBody.class),
    RELEASE("Release", ReleaseBody.class);

    private static final Map<String, Operation> BY_ACTION =
            Arrays.stream(values()).collect(Collectors.toMap(Operation::action, Function.identity()));

    private final String local;
    private final Class<?> body;

    Operation(String local, Class<?> body) {
        this.local = local;
        this.body = body;
    }

    /** @throws SoapFaultException if no operation has this action */
    public static Operation ofAction(String action) {
        Operation operation = BY_ACTION.get(action);
        if (operation == null) {
            throw Faults.actionNotSupported(action);
        }
        return operation;
    }

    /** The name of the operation, which is also the local name of its body element. */
    public String local() {
        return local;
    }

    /** The Java type of the body element. */
    Class<?> body() {
        return body;
    }

    /** The WS-Addressing action of the request. */
    public String action() {
        return ChatNames.action(local);
    }

    /** The WS-Addressing action of the response. */
    public String answerAction() {
        return ChatNames.action(local + "Response");
    }
}
