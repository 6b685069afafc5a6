package veche.log;

/** Signals that a storage operation failed. After a failed commit, it is unknown whether the change took effect. */
final class StorageException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean aboutContent;

    /** @param aboutContent whether the content caused the failure, so that other content may be accepted */
    StorageException(Throwable cause, boolean aboutContent) {
        super(cause.toString(), cause);
        this.aboutContent = aboutContent;
    }

    boolean aboutContent() {
        return aboutContent;
    }
}
