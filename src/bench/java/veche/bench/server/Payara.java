package veche.bench.server;

import java.nio.file.Path;
import java.util.List;

/** Veche on Payara Micro. */
record Payara(Path jar, Path war, Path preboot, String database) implements Server.Launcher {
    @Override
    public ProcessBuilder prepare(int port, Path folder) {
        List<String> command = Java.command(folder);
        command.addAll(List.of("-jar", jar.toString(), "--deploy", war.toString(), "--contextroot", "/"));
        command.addAll(List.of("--port", Integer.toString(port), "--nocluster", "--nohazelcast"));
        command.addAll(List.of("--prebootcommandfile", preboot.toString()));
        return Veche.configure(new ProcessBuilder(command), folder, database);
    }
}
