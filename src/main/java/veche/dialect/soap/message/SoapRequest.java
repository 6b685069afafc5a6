package veche.dialect.soap.message;

/**
 * A received envelope. Exactly one of body and fault is present, unless the envelope itself carries a Fault: then both
 * are null, because faults are not answered.
 *
 * @param addressing the addressing properties that could be read, also if there is a fault
 * @param operation the requested operation, or null
 * @param body a valid body of the operation, or null
 * @param fault the fault that rejects the request, or null
 */
public record SoapRequest(Addressing addressing, Operation operation, Object body, SoapFaultException fault) {}
