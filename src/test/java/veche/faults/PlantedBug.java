package veche.faults;

import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A bug that is planted into a running cluster, to show that the check detects it. Immutable. */
enum PlantedBug {
    /** A repeated message is not recognized by its key. */
    KEYS_FORGOTTEN("veche_key", "", "RETURN NULL", Guarantee.KEY),
    /** Some messages of a commit are missing. */
    MESSAGES_LOST(
            "veche_message", "WHEN (NEW.position % 20 = 0)", "RETURN NULL", Guarantee.ACKNOWLEDGED, Guarantee.GAP),
    /** A ban is acknowledged without effect. */
    BANS_FORGOTTEN("veche_ruling", "", "RETURN NULL", Guarantee.BAN),
    /** The whitelist of an event does not reach the other nodes. */
    AUDIENCE_LOST("veche_mail", "", """
            NEW.parcels := decode(replace(encode(NEW.parcels, 'hex'),
                encode('eligible_authid', 'hex'), encode('eligible-authid', 'hex')), 'hex');
            RETURN NEW""", Guarantee.AUDIENCE),
    /** Parcels for another node are delivered again. */
    PARCELS_REPEATED("veche_mail", "", "NEW.parcels := NEW.parcels || NEW.parcels; RETURN NEW", Guarantee.EPHEMERAL),
    /** A row of the outbox is lost. */
    OUTBOX_LOST("veche_outbox", "WHEN (NEW.id % 5 = 0)", "RETURN NULL", Guarantee.OUTBOX),
    /** A row of the outbox is moved again. */
    OUTBOX_REPEATED("veche_outbox", "WHEN (pg_trigger_depth() = 0)", """
            INSERT INTO veche_outbox (room, author_id, author_name, text)
                VALUES (NEW.room, NEW.author_id, NEW.author_name, NEW.text);
            RETURN NEW""", Guarantee.OUTBOX),
    /** Parcels do not reach the other nodes, which therefore lack each other's members. */
    PARCELS_LOST("veche_mail", "", "RETURN NULL", Guarantee.PRESENCE),
    /** Nodes are not informed of the commits of others, and find them only when they write to the same room. */
    FEED_EMPTY("veche_feed", "WHEN (NEW.kind = 'MESSAGES')", "RETURN NULL", Guarantee.GAP),
    /** Nodes rely on signals, of which none arrive. */
    SIGNALS_ONLY("", "", "", Guarantee.GAP);

    private final String table;
    private final String condition;
    private final String body;
    private final Set<Guarantee> violated;

    PlantedBug(String table, String condition, String body, Guarantee... violated) {
        this.table = table;
        this.condition = condition;
        this.body = body;
        this.violated = Set.of(violated);
    }

    /** The guarantees that the check has to find violated. */
    Set<Guarantee> violated() {
        return violated;
    }

    /** The settings of the nodes with the bug. */
    Map<String, String> settings() {
        return this == SIGNALS_ONLY
                ? Map.of("VECHE_CLUSTER_POLL", "1h", "VECHE_CLUSTER_POLL_WITH_SIGNALS", "1h")
                : Map.of();
    }

    void plant(FaultyCluster cluster) throws SQLException {
        if (this == SIGNALS_ONLY) {
            cluster.nodes().forEach(node -> node.signals().cut());
            return;
        }
        String name = "planted_" + name().toLowerCase(Locale.ROOT);
        cluster.database()
                .execute("CREATE FUNCTION " + name + "() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN " + body
                        + "; END $$; CREATE TRIGGER " + name + " BEFORE INSERT ON " + table + " FOR EACH ROW "
                        + condition + " EXECUTE FUNCTION " + name + "()");
    }
}
