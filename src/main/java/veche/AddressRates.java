package veche;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import veche.limit.RateLimiter;
import veche.limit.Refusals;
import veche.room.Author;
import veche.room.access.MessageRate;
import veche.room.access.UserLimits;

/**
 * The rates of one client address: of all its users for the bytes of files, and of its guests for every action, since a
 * guest that connects anew is a new user. Thread-safe; never blocks.
 */
final class AddressRates {
    private final Map<UserLimits.Action, List<CountedRate>> ofGuests = new EnumMap<>(UserLimits.Action.class);
    private final Map<UserLimits.Action, List<CountedRate>> ofUsers = new EnumMap<>(UserLimits.Action.class);

    AddressRates(UserRates.Limits limits, Refusals refusals) {
        limits.attachmentBytesPerAddress()
                .map(rate -> new CountedRate(new RateLimiter(rate), refusals.counter("attachment-bytes-per-address")))
                .ifPresent(bytes -> ofUsers.put(UserLimits.Action.ATTACHMENT_BYTE, List.of(bytes)));
        for (UserLimits.Action action : UserLimits.Action.values()) {
            Stream<CountedRate> guests = Optional.ofNullable(limits.perUser().get(action)).stream()
                    .filter(rate -> limits.guestsPerAddress() > 0)
                    .map(rate -> new CountedRate(
                            new RateLimiter(rate.times(limits.guestsPerAddress())),
                            refusals.counter("guests-per-address")));
            ofGuests.put(action, Stream.concat(guests, of(action).stream()).toList());
        }
    }

    private List<CountedRate> of(UserLimits.Action action) {
        return ofUsers.getOrDefault(action, List.of());
    }

    private List<CountedRate> of(UserLimits.Action action, String author) {
        return author.startsWith(Author.GUEST) ? ofGuests.getOrDefault(action, List.of()) : of(action);
    }

    /**
     * The limits of a connection, in addition to those of its user.
     *
     * @param address the key of its address
     */
    UserLimits limit(UserLimits user, String address) {
        return new OfConnection(user, address);
    }

    private final class OfConnection implements UserLimits {
        private final UserLimits user;
        private final String address;

        OfConnection(UserLimits user, String address) {
            this.user = user;
            this.address = address;
        }

        @Override
        public Optional<Duration> take(Action action, String author, long permits) {
            Optional<Duration> refusal = user.take(action, author, permits);
            if (refusal.isPresent()) {
                return refusal;
            }
            List<CountedRate> rates = of(action, author);
            for (int taken = 0; taken < rates.size(); taken++) {
                refusal = rates.get(taken).take(address, permits);
                if (refusal.isPresent()) {
                    giveBack(action, author, permits, taken);
                    return refusal;
                }
            }
            return Optional.empty();
        }

        /** The rate of a grant is a decision about the user, whatever the address. */
        @Override
        public Optional<Duration> takeMessage(MessageRate rate, String author, String room) {
            return user.takeMessage(rate, author, room);
        }

        @Override
        public void giveBack(Action action, String author, long permits) {
            giveBack(action, author, permits, of(action, author).size());
        }

        private void giveBack(Action action, String author, long permits, int taken) {
            of(action, author).subList(0, taken).forEach(rate -> rate.giveBack(address, permits));
            user.giveBack(action, author, permits);
        }

        @Override
        public Optional<Duration> wait(Action action, String author) {
            Optional<Duration> wait = user.wait(action, author);
            return wait.isPresent()
                    ? wait
                    : of(action, author).stream()
                            .flatMap(rate -> rate.wait(address).stream())
                            .findFirst();
        }
    }
}
