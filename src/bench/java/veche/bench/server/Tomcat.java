package veche.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Veche on Tomcat, with a separate base folder and one connector on 127.0.0.1. */
record Tomcat(Path home, Path war) implements Server.Launcher {
    /** {@code maxConnections} above the 10,000 of the largest measurement; Tomcat's default is 8,192. */
    private static final String SERVER_XML = """
            <Server port="-1">
              <Service name="Catalina">
                <Connector port="%d" address="127.0.0.1" protocol="HTTP/1.1" maxConnections="20000"/>
                <Engine name="Catalina" defaultHost="localhost">
                  <Host name="localhost" appBase="webapps" unpackWARs="true" autoDeploy="false"/>
                </Engine>
              </Service>
            </Server>
            """;

    @Override
    public ProcessBuilder prepare(int port, Path folder) throws IOException {
        Path conf = Files.createDirectories(folder.resolve("conf"));
        Path webapps = Files.createDirectories(folder.resolve("webapps"));
        Files.createDirectories(folder.resolve("logs"));
        Files.copy(home.resolve("conf/web.xml"), conf.resolve("web.xml"));
        Files.writeString(conf.resolve("server.xml"), SERVER_XML.formatted(port));
        Files.copy(war, webapps.resolve("veche.war"));
        List<String> command = Java.command(folder);
        command.addAll(List.of("-Dcatalina.home=" + home, "-Dcatalina.base=" + folder));
        command.addAll(List.of("-cp", home.resolve("bin/bootstrap.jar") + ":" + home.resolve("bin/tomcat-juli.jar")));
        command.addAll(List.of("org.apache.catalina.startup.Bootstrap", "start"));
        return Veche.configure(new ProcessBuilder(command), folder, "");
    }
}
