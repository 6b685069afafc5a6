#!/bin/sh
# Lets server.xml and ROOT.xml read the environment, and bounds memory.
CATALINA_OPTS="$CATALINA_OPTS -Dorg.apache.tomcat.util.digester.PROPERTY_SOURCE=org.apache.tomcat.util.digester.EnvironmentPropertySource"
CATALINA_OPTS="$CATALINA_OPTS ${VECHE_JVM:--Xmx1g -XX:MetaspaceSize=256m -XX:+ExitOnOutOfMemoryError}"
