package veche.dialect.soap;

import java.io.InputStream;

/** The documents that describe the service to programs. */
public final class ServiceDescription {
    private ServiceDescription() {}

    static InputStream open(String document) {
        return ServiceDescription.class.getResourceAsStream(document);
    }
}
