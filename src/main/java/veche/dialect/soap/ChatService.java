package veche.dialect.soap;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import veche.dialect.soap.chat.CallBody;
import veche.dialect.soap.chat.CallResponseBody;
import veche.dialect.soap.chat.DeleteBody;
import veche.dialect.soap.chat.DeleteResponseBody;
import veche.dialect.soap.chat.EditBody;
import veche.dialect.soap.chat.EditResponseBody;
import veche.dialect.soap.chat.HistoryBody;
import veche.dialect.soap.chat.HistoryResponseBody;
import veche.dialect.soap.chat.MembersBody;
import veche.dialect.soap.chat.MembersResponseBody;
import veche.dialect.soap.chat.ReactBody;
import veche.dialect.soap.chat.ReactResponseBody;
import veche.dialect.soap.chat.ReadBody;
import veche.dialect.soap.chat.ReadResponseBody;
import veche.dialect.soap.chat.RoomsBody;
import veche.dialect.soap.chat.RoomsResponseBody;
import veche.dialect.soap.chat.SendBody;
import veche.dialect.soap.chat.SendResponseBody;
import veche.dialect.soap.chat.TypingBody;
import veche.dialect.soap.chat.TypingResponseBody;
import veche.room.Audience;
import veche.room.Author;
import veche.room.Draft;
import veche.room.Kind;
import veche.room.Message;
import veche.room.RoomName;
import veche.room.RoomSession;
import veche.room.Rooms;
import veche.room.Signal;
import veche.room.access.Privilege;

/** Executes the operations that do not change the state of the connection. Thread-safe; no method blocks. */
final class ChatService {
    private final Rooms rooms;
    private final Procedures procedures;
    private final int maxListed;

    /** The caller of an operation: its room session, and its author with the chosen display name. */
    record Caller(RoomSession roomSession, Author author) {}

    ChatService(Rooms rooms, Procedures procedures, int maxListed) {
        this.rooms = rooms;
        this.procedures = procedures;
        this.maxListed = maxListed;
    }

    CompletionStage<Reply> send(Caller caller, SendBody send) {
        ByteBuffer data = send.getData() == null ? null : ByteBuffer.wrap(send.getData());
        Draft draft = new Draft(
                caller.author(),
                data == null ? Kind.TEXT : Kind.FILE,
                send.getText(),
                send.getName(),
                data,
                send.getTarget() == null ? null : UUID.fromString(send.getTarget()),
                send.getKey(),
                Audience.EVERYONE);
        return answered(caller.roomSession().send(new RoomName(send.getRoom()), draft), sent -> {
            SendResponseBody response = new SendResponseBody();
            response.setReceipt(SchemaMapper.receipt(sent));
            return response;
        });
    }

    CompletionStage<Reply> edit(Caller caller, EditBody edit) {
        Draft change = change(caller.author(), Kind.EDIT, edit.getText(), edit.getTarget(), edit.getKey());
        return answered(caller.roomSession().amend(new RoomName(edit.getRoom()), change), sent -> {
            EditResponseBody response = new EditResponseBody();
            response.setReceipt(SchemaMapper.receipt(sent));
            return response;
        });
    }

    CompletionStage<Reply> delete(Caller caller, DeleteBody delete) {
        Draft change = change(caller.author(), Kind.DELETE, null, delete.getTarget(), delete.getKey());
        return answered(caller.roomSession().amend(new RoomName(delete.getRoom()), change), sent -> {
            DeleteResponseBody response = new DeleteResponseBody();
            response.setReceipt(SchemaMapper.receipt(sent));
            return response;
        });
    }

    CompletionStage<Reply> react(Caller caller, ReactBody react) {
        Draft change = change(caller.author(), Kind.REACTION, react.getText(), react.getTarget(), react.getKey());
        return answered(caller.roomSession().amend(new RoomName(react.getRoom()), change), sent -> {
            ReactResponseBody response = new ReactResponseBody();
            response.setReceipt(SchemaMapper.receipt(sent));
            return response;
        });
    }

    private static Draft change(Author author, Kind kind, @Nullable String text, String target, @Nullable String key) {
        return new Draft(author, kind, text, null, UUID.fromString(target), key, Audience.EVERYONE);
    }

    CompletionStage<Reply> history(Caller caller, HistoryBody history) {
        long before = history.getBefore() == null ? Long.MAX_VALUE : history.getBefore();
        CompletionStage<List<Message>> found =
                caller.roomSession().history(new RoomName(history.getRoom()), before, limit(history.getLimit()));
        return answered(found, messages -> {
            HistoryResponseBody response = new HistoryResponseBody();
            messages.forEach(message -> response.getMessage().add(SchemaMapper.message(message)));
            return response;
        });
    }

    CompletionStage<Reply> members(Caller caller, MembersBody members) {
        RoomName room = new RoomName(members.getRoom());
        return caller.roomSession().resolved(room, () -> {
            caller.roomSession().check(room, Privilege.MEMBERS);
            MembersResponseBody response = new MembersResponseBody();
            response.setCount(rooms.presence().count(room));
            rooms.presence()
                    .members(room, limit(members.getLimit()))
                    .forEach(member -> response.getMember().add(SchemaMapper.member(member)));
            return completed(response);
        });
    }

    CompletionStage<Reply> rooms(Caller caller, RoomsBody request) {
        String after = request.getAfter() == null ? "" : request.getAfter();
        return answered(rooms.names(), names -> {
            RoomsResponseBody response = new RoomsResponseBody();
            names.stream()
                    .filter(caller.roomSession()::mayEnter)
                    .map(RoomName::value)
                    .filter(name -> name.compareTo(after) > 0)
                    .limit(limit(request.getLimit()))
                    .forEach(response.getRoom()::add);
            return response;
        });
    }

    CompletionStage<Reply> typing(Caller caller, TypingBody typing) {
        return signal(caller, typing.getRoom(), new Signal.Typing(caller.author()), new TypingResponseBody());
    }

    CompletionStage<Reply> read(Caller caller, ReadBody read) {
        Signal signal = new Signal.Read(caller.author(), SchemaMapper.position(read.getUpTo()));
        return signal(caller, read.getRoom(), signal, new ReadResponseBody());
    }

    private static CompletionStage<Reply> signal(Caller caller, String name, Signal signal, Object response) {
        RoomName room = new RoomName(name);
        return caller.roomSession().resolved(room, () -> {
            caller.roomSession().signal(room, signal);
            return completed(response);
        });
    }

    CompletionStage<Reply> call(Caller caller, CallBody call) {
        CompletionStage<Procedures.Result> result = procedures.call(
                caller.roomSession().user(),
                call.getProcedure(),
                ValueMapper.objects(call.getArgs()),
                ValueMapper.objects(call.getKwargs()));
        return answered(result, returned -> {
            CallResponseBody response = new CallResponseBody();
            response.setArgs(ValueMapper.list(returned.args()));
            response.setKwargs(ValueMapper.dict(returned.kwargs()));
            return response;
        });
    }

    private int limit(@Nullable Integer requested) {
        return requested == null ? maxListed : Math.min(requested, maxListed);
    }

    private static CompletionStage<Reply> completed(Object body) {
        return CompletableFuture.completedStage(Reply.of(body));
    }

    private static <T> CompletionStage<Reply> answered(CompletionStage<T> outcome, Function<T, Object> body) {
        return outcome.thenApply(value -> Reply.of(body.apply(value)));
    }
}
