package veche.dialect.soap.message;

import org.jspecify.annotations.Nullable;

/** A received envelope; addressing contains the properties that could be read. */
public sealed interface SoapRequest {
    /**
     * A valid request.
     *
     * @param token the header {@code Token}; null if absent
     * @param body the unmarshalled body of the operation
     */
    record Valid(Addressing addressing, @Nullable String token, Operation operation, Object body)
            implements SoapRequest {
        /** Omits token and content. */
        @Override
        public String toString() {
            return "Valid[" + operation + "]";
        }
    }

    /** A request that is answered with a fault. */
    record Rejected(Addressing addressing, SoapFaultException fault) implements SoapRequest {}

    /** An envelope that itself carries a Fault; faults are not answered. */
    record Fault() implements SoapRequest {}
}
