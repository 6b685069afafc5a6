package veche.identity;

/** Which names can be shown: 1 to {@value #MAX} visible characters. */
final class Names {
    static final int MAX = 32;

    private Names() {}

    static boolean visible(String name) {
        int characters = name.codePointCount(0, name.length());
        return characters >= 1
                && characters <= MAX
                && !name.codePoints().allMatch(Character::isSpaceChar)
                && name.codePoints().noneMatch(Names::invisible);
    }

    private static boolean invisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
