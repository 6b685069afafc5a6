package veche.bench.report;

import java.util.Map;

/**
 * What one server gave in one row.
 *
 * @param server its id
 * @param title its column
 * @param section the table it belongs to
 * @param kind what was measured, in lower case
 * @param row the row's name
 * @param clients how many in all
 * @param rooms how many
 * @param inFlight messages of each room under way at once, 0 where that means nothing
 * @param figures by name
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
