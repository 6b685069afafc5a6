package veche.dialect.soap;

/**
 * The outcome of an operation.
 *
 * @param body what is answered
 * @param afterwards what begins once the answer is on its way
 */
record Answer(Object body, Runnable afterwards) {
    static Answer of(Object body) {
        return new Answer(body, () -> {});
    }
}
