package veche.dialect.soap;

import veche.dialect.soap.message.Wsa;

/** Envelopes as other implementations send them. */
final class Envelopes {
    static final String MESSAGE_ID = "urn:uuid:7c9e6679-7425-40de-944b-e07fc1f90ae7";

    private Envelopes() {}

    /** An envelope as written by WCF: the operation's action, an id, anonymous ReplyTo, To in ws. */
    static String request(String operation, String content) {
        return envelope(
                action("urn:veche:chat:1/" + operation) + id() + replyTo(Wsa.ANONYMOUS) + to(),
                body(operation, content));
    }

    /** An envelope that requests no response. */
    static String oneWay(String operation, String content) {
        return envelope(action("urn:veche:chat:1/" + operation) + to(), body(operation, content));
    }

    static String envelope(String headers, String body) {
        return "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\""
                + " xmlns:a=\"http://www.w3.org/2005/08/addressing\"><s:Header>" + headers + "</s:Header><s:Body>"
                + body
                + "</s:Body></s:Envelope>";
    }

    static String body(String operation, String content) {
        return "<" + operation + " xmlns=\"urn:veche:chat:1\">" + content + "</" + operation + ">";
    }

    static String action(String action) {
        return "<a:Action s:mustUnderstand=\"1\">" + action + "</a:Action>";
    }

    static String id() {
        return "<a:MessageID>" + MESSAGE_ID + "</a:MessageID>";
    }

    static String replyTo(String address) {
        return "<a:ReplyTo><a:Address>" + address + "</a:Address></a:ReplyTo>";
    }

    static String faultTo(String address) {
        return "<a:FaultTo><a:Address>" + address + "</a:Address></a:FaultTo>";
    }

    static String to() {
        return "<a:To s:mustUnderstand=\"1\">ws://chat.example:8080/chat</a:To>";
    }

    static String join(String room) {
        return request("Join", "<room>" + room + "</room>");
    }

    static String send(String room, String text) {
        return request("Send", "<room>" + room + "</room><text>" + text + "</text>");
    }
}
