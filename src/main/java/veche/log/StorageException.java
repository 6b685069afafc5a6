package veche.log;

/** The storage could not do it; nothing is known to have changed. */
final class StorageException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean aboutContent;

    /** @param aboutContent whether the content was to blame, and other content may well be taken */
    StorageException(Throwable cause, boolean aboutContent) {
        super(cause.toString(), cause);
        this.aboutContent = aboutContent;
    }

    boolean aboutContent() {
        return aboutContent;
    }
}
