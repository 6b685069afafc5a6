/** The same application without JPA and JTA, as on Tomcat. */
package shop.jdbc;
