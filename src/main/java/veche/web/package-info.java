/** HTTP beside the socket: the pages' headers, and what an operator or a program asks for without a WebSocket. */
package veche.web;
