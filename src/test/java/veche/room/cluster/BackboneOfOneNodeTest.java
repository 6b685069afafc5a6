package veche.room.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What of the contract applies to a node without others. */
class BackboneOfOneNodeTest {
    @Test
    void thereAreNoOtherNodesAndParcelsHaveNoEffect() {
        RecordingNode node = new RecordingNode();
        Backbone.NONE.listen(node);
        Backbone.NONE.send(new NodeId(UUID.randomUUID(), "other"), new byte[1]);
        Backbone.NONE.broadcast(() -> fail("Encoded for nobody"));
        assertEquals(Set.of(), Backbone.NONE.others());
        assertEquals(List.of(), node.joined());
        assertEquals(List.of(), node.parcels());
        Backbone.NONE.close();
    }
}
