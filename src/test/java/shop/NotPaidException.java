package shop;

/** Signals that an order is not to be shipped. */
public class NotPaidException extends RuntimeException {
    private static final long serialVersionUID = 1L;
}
