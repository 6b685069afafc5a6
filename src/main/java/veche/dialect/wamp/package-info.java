/** WAMP: the Web Application Messaging Protocol, v1 and v2, in one router. */
package veche.dialect.wamp;
