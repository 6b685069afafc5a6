/**
 * Fuzz targets of the decoders of untrusted input, one per class, run by Jazzer. The unit tests read the corpus only;
 * in the phase {@code integration-test} each target is fuzzed for the duration of its annotation. An input that fails
 * is stored in {@code src/test/resources/veche/fuzz}, which makes it part of the corpus.
 */
package veche.fuzz;
