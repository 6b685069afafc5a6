package veche.dialect.soap.message;

/** A received envelope; addressing contains the properties that could be read. */
public sealed interface SoapRequest {
    /**
     * A valid request.
     *
     * @param body the unmarshalled body of the operation
     */
    record Valid(Addressing addressing, Operation operation, Object body) implements SoapRequest {}

    /** A request that is answered with a fault. */
    record Rejected(Addressing addressing, SoapFaultException fault) implements SoapRequest {}

    /** An envelope that itself carries a Fault; faults are not answered. */
    record Fault() implements SoapRequest {}
}
