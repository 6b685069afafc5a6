package veche.bench.report;

import java.util.Map;

/**
 * The result of one server in one row.
 *
 * @param server the id of the server
 * @param title the title of the column
 * @param section the table
 * @param kind the kind of measurement, in lower case
 * @param row the title of the row
 * @param clients the number of clients
 * @param rooms the number of rooms
 * @param inFlight the number of messages of each room that were pending at once; 0 if not applicable
 * @param figures the figures by name
 */
public record Result(
        String server,
        String title,
        Section section,
        String kind,
        String row,
        int clients,
        int rooms,
        int inFlight,
        Map<String, Double> figures) {

    /** A figure, or NaN. */
    public double figure(String name) {
        return figures.getOrDefault(name, Double.NaN);
    }
}
