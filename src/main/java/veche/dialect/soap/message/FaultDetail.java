package veche.dialect.soap.message;

import java.util.List;
import javax.xml.namespace.QName;
import veche.dialect.soap.chat.ChatFaultBody;

/** The machine-readable part of a fault: the content of Detail or, for two kinds of faults, a header. */
sealed interface FaultDetail {
    /** The WS-Addressing action of the fault message. */
    default String action() {
        return Wsa.SOAP_FAULT_ACTION;
    }

    /** Whether the fault has a Detail. Faults caused by headers must not (SOAP 1.2 part 1, §5.4.5). */
    default boolean isInBody() {
        return true;
    }

    /** No detail. */
    record None() implements FaultDetail {
        @Override
        public boolean isInBody() {
            return false;
        }
    }

    /** The mandatory headers that were not understood (SOAP 1.2 part 1, §5.4.8). */
    record NotUnderstood(List<QName> headers) implements FaultDetail {
        @Override
        public boolean isInBody() {
            return false;
        }
    }

    /**
     * The envelope's version is not supported (SOAP 1.2 part 1, §5.4.7).
     *
     * @param fromSoap11 whether the sender uses SOAP 1.1 and must receive a SOAP 1.1 fault (appendix A)
     */
    record Upgrade(boolean fromSoap11) implements FaultDetail {
        @Override
        public boolean isInBody() {
            return false;
        }
    }

    /** {@code wsa:ProblemHeaderQName}. */
    record ProblemHeader(QName header) implements FaultDetail {
        @Override
        public String action() {
            return Wsa.FAULT_ACTION;
        }
    }

    /** {@code wsa:ProblemAction}. */
    record ProblemAction(String problem) implements FaultDetail {
        @Override
        public String action() {
            return Wsa.FAULT_ACTION;
        }
    }

    /** {@code wsa:ProblemIRI}. */
    record ProblemIri(String problem) implements FaultDetail {
        @Override
        public String action() {
            return Wsa.FAULT_ACTION;
        }
    }

    /** {@code ChatFault} of {@code chat.xsd}. */
    record Chat(ChatFaultBody body) implements FaultDetail {
        @Override
        public String action() {
            return ChatNames.action("ChatFault");
        }
    }
}
