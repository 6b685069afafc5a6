package veche.dialect.soap;

import java.util.List;
import javax.xml.namespace.QName;
import veche.dialect.soap.chat.ChatFaultBody;

/** What a Fault tells beyond its code and reason, in its Detail or, for two of them, in a header. */
sealed interface FaultDetail {
    /** Which action such a fault carries. */
    default String action() {
        return Wsa.SOAP_FAULT_ACTION;
    }

    /** Whether there is something to put into Detail; SOAP keeps headers' faults out of it (part 1, §5.4.5). */
    default boolean isInBody() {
        return true;
    }

    /** Nothing more. */
    record None() implements FaultDetail {
        @Override
        public boolean isInBody() {
            return false;
        }
    }

    /** The headers that had to be understood and were not (SOAP 1.2 part 1, §5.4.8). */
    record NotUnderstood(List<QName> headers) implements FaultDetail {
        @Override
        public boolean isInBody() {
            return false;
        }
    }

    /**
     * The envelope's version is not ours (SOAP 1.2 part 1, §5.4.7).
     *
     * @param fromSoap11 whether to say so in SOAP 1.1, as its appendix A wants for such a sender
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

    /** The chat's own. */
    record Chat(ChatFaultBody body) implements FaultDetail {
        @Override
        public String action() {
            return ChatNames.action("ChatFault");
        }
    }
}
