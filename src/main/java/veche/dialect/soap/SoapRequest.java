package veche.dialect.soap;

/**
 * An envelope as it was received. One of the body and the fault is there, unless the envelope itself tells of a fault:
 * then neither is, for faults are not answered.
 *
 * @param addressing what could be read of it, also beside a fault
 * @param operation what is asked for, or null
 * @param body a valid body of that operation, or null
 * @param fault why it cannot be performed, or null
 */
record SoapRequest(Addressing addressing, Operation operation, Object body, SoapFaultException fault) {}
