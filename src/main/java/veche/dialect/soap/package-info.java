/**
 * SOAP 1.2 over WebSocket, as .NET speaks it (MS-SWSB): programs are members of the same rooms. An envelope is read by
 * {@link veche.dialect.soap.EnvelopeReader}, performed by {@link veche.dialect.soap.ChatService} or refused by one of
 * {@link veche.dialect.soap.Faults}, and answered by {@link veche.dialect.soap.EnvelopeWriter}; the rooms' messages come as
 * one-way envelopes ({@link veche.dialect.soap.EnvelopeEncoder}). The bodies' Java types are generated from {@code chat.xsd}.
 */
package veche.dialect.soap;
