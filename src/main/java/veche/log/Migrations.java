package veche.log;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/**
 * Migrates the tables to the schema of this version. The scripts are listed explicitly, since class path scanning does
 * not work alike on all servers.
 */
final class Migrations implements ResourceProvider {
    private static final String HISTORY = "veche_schema_history";
    private static final List<String> SCRIPTS = List.of(
            "V1__log.sql",
            "V2__ledger.sql",
            "V3__revisions.sql",
            "V4__file_name.sql",
            "V5__moderation.sql",
            "V6__revocation.sql",
            "V7__credential.sql",
            "V8__rule.sql",
            "V9__name.sql",
            "V10__hold.sql",
            "V15__outbox.sql",
            "V16__webhook.sql");
    /** Tables for several nodes. */
    private static final List<String> POSTGRESQL_SCRIPTS =
            List.of("V11__feed.sql", "V12__node.sql", "V13__node_report.sql", "V14__claim.sql");

    private final String folder;
    private final List<String> scripts;

    private Migrations(String database) {
        this.folder = "db/" + database + "/";
        this.scripts = database.equals("postgresql")
                ? Stream.concat(SCRIPTS.stream(), POSTGRESQL_SCRIPTS.stream()).toList()
                : SCRIPTS;
    }

    /**
     * @param database the database, which is also the folder of its scripts
     * @throws FlywayException if the migration fails
     */
    static void run(String database, DataSource dataSource) {
        Flyway flyway = Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(dataSource)
                .table(HISTORY)
                // The database may contain tables of other applications.
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .resourceProvider(new Migrations(database))
                .javaMigrationClassProvider(List::of)
                .load();
        try {
            flyway.migrate();
        } catch (FlywayException e) {
            if (!isBegun(dataSource)) {
                throw e;
            }
            // Of nodes that start at the same time on an empty database, one creates the history and the others fail.
            flyway.migrate();
        }
    }

    private static boolean isBegun(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            return statement.execute("SELECT 1 FROM " + HISTORY);
        } catch (SQLException absent) {
            return false;
        }
    }

    @Override
    public @Nullable LoadableResource getResource(String name) {
        return getResources("", new String[] {""}).stream()
                .filter(script -> script.getFilename().equals(name))
                .findFirst()
                .orElse(null);
    }

    @Override
    public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
        return scripts.stream()
                .filter(name ->
                        name.startsWith(prefix) && Arrays.stream(suffixes).anyMatch(name::endsWith))
                .<LoadableResource>map(name -> new Script(folder, name))
                .toList();
    }

    private static final class Script extends LoadableResource {
        private final String folder;
        private final String name;

        Script(String folder, String name) {
            this.folder = folder;
            this.name = name;
        }

        @Override
        public Reader read() {
            try (InputStream in = Migrations.class.getClassLoader().getResourceAsStream(folder + name)) {
                return new StringReader(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String getAbsolutePath() {
            return folder + name;
        }

        @Override
        public String getAbsolutePathOnDisk() {
            return folder + name;
        }

        @Override
        public String getFilename() {
            return name;
        }

        @Override
        public String getRelativePath() {
            return name;
        }
    }
}
