package veche.operation;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import veche.testing.RawClient;

/** Sends the SOAP request of a cell, after joining its room. */
record SoapProbe(MatrixCell cell) {
    private static final Pattern ID = Pattern.compile("<c:id>([0-9a-f-]{36})</c:id>");
    private static final Pattern SUBCODE = Pattern.compile("<s:Subcode><s:Value>c:(\\w+)</s:Value>");
    private static final String ENVELOPE = "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\""
            + " xmlns:a=\"http://www.w3.org/2005/08/addressing\"><s:Header><a:Action s:mustUnderstand=\"1\">"
            + "urn:veche:chat:1/%s</a:Action><a:MessageID>urn:example:%s</a:MessageID></s:Header><s:Body>%s</s:Body>"
            + "</s:Envelope>";

    String outcome() throws IOException {
        RawClient client = cell.connect("soap");
        String request = cell.request();
        if (!request.startsWith("<Join>")) {
            exchange(client, "<Join><room>" + cell.room() + "</room></Join>");
        }
        if (request.contains("{own}")) {
            String sent = exchange(client, "<Send><room>" + cell.room() + "</room><text>hello</text></Send>");
            request = request.replace("{own}", MatrixCell.found(ID, sent));
        }
        if (request.contains("{theirs}")) {
            request = request.replace("{theirs}", new WampProbe(cell).theirs());
        }
        Matcher fault = SUBCODE.matcher(exchange(client, request));
        return fault.find() ? fault.group(1) : MatrixCell.PERMITTED;
    }

    /** Sends a request and returns its response. */
    private static String exchange(RawClient client, String body) throws IOException {
        String operation = body.split("[<>/]")[1];
        String qualified = body.replaceFirst("<" + operation, "<" + operation + " xmlns=\"urn:veche:chat:1\"");
        String id = Integer.toHexString(body.hashCode());
        client.send(ENVELOPE.formatted(operation, id, qualified));
        String answer = client.nextText();
        while (!answer.contains("RelatesTo>urn:example:" + id)) {
            answer = client.nextText();
        }
        return answer;
    }
}
