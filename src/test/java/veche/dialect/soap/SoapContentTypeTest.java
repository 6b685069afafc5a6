package veche.dialect.soap;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class SoapContentTypeTest {
    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "application/soap+xml; charset=utf-8",
                "application/soap+xml;charset=UTF-8",
                "Application/SOAP+xml; charset=\"utf-8\"",
                "application/soap+xml",
                "application/soap+xml; charset=utf-8; action=\"urn:x\""
            })
    void utf8TextIsAcceptedAndTheHeaderIsOptional(String header) {
        assertTrue(SoapContentType.accepts(header));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/soap+msbinsession1",
                "application/soap+msbin1",
                "multipart/related; type=\"application/xop+xml\"",
                "text/xml; charset=utf-8",
                "application/soap+xml; charset=utf-16",
                ";",
                "application/soap+xmlx"
            })
    void otherEncodingsAreRejected(String header) {
        assertFalse(SoapContentType.accepts(header));
    }

    @Test
    void theOwnContentTypeIsAccepted() {
        assertTrue(SoapContentType.accepts(SoapContentType.SUPPORTED));
    }
}
