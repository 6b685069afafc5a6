package veche.dialect.soap;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
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

/** Performs the operations that change nothing about the connection itself. Thread-safe; nothing here blocks. */
final class ChatService {
    private final Rooms rooms;
    private final Procedures procedures;
    private final int maxListed;

    /** Somebody on their visit, under the name that they chose. */
    record Speaker(RoomSession roomSession, Author author) {}

    ChatService(Rooms rooms, Procedures procedures, int maxListed) {
        this.rooms = rooms;
        this.procedures = procedures;
        this.maxListed = maxListed;
    }

    CompletionStage<Reply> send(Speaker speaker, SendBody send) {
        ByteBuffer data = send.getData() == null ? null : ByteBuffer.wrap(send.getData());
        Draft draft = new Draft(
                speaker.author(),
                data == null ? Kind.TEXT : Kind.FILE,
                send.getText(),
                send.getName(),
                data,
                send.getTarget() == null ? null : UUID.fromString(send.getTarget()),
                send.getKey(),
                Audience.EVERYONE);
        return answered(speaker.roomSession().send(new RoomName(send.getRoom()), draft), sent -> {
            SendResponseBody response = new SendResponseBody();
            response.setReceipt(SchemaMapper.receipt(sent));
            return response;
        });
    }

    CompletionStage<Reply> edit(Speaker speaker, EditBody edit) {
        Draft change = change(speaker.author(), Kind.EDIT, edit.getText(), edit.getTarget(), edit.getKey());
        return answered(speaker.roomSession().amend(new RoomName(edit.getRoom()), change), sent -> {
            EditResponseBody response = new EditResponseBody();
            response.setReceipt(SchemaMapper.receipt(sent));
            return response;
        });
    }

    CompletionStage<Reply> delete(Speaker speaker, DeleteBody delete) {
        Draft change = change(speaker.author(), Kind.DELETE, null, delete.getTarget(), delete.getKey());
        return answered(speaker.roomSession().amend(new RoomName(delete.getRoom()), change), sent -> {
            DeleteResponseBody response = new DeleteResponseBody();
            response.setReceipt(SchemaMapper.receipt(sent));
            return response;
        });
    }

    CompletionStage<Reply> react(Speaker speaker, ReactBody react) {
        Draft change = change(speaker.author(), Kind.REACTION, react.getText(), react.getTarget(), react.getKey());
        return answered(speaker.roomSession().amend(new RoomName(react.getRoom()), change), sent -> {
            ReactResponseBody response = new ReactResponseBody();
            response.setReceipt(SchemaMapper.receipt(sent));
            return response;
        });
    }

    private static Draft change(Author author, Kind kind, String text, String target, String key) {
        return new Draft(author, kind, text, null, UUID.fromString(target), key, Audience.EVERYONE);
    }

    CompletionStage<Reply> history(Speaker speaker, HistoryBody history) {
        long before = history.getBefore() == null ? Long.MAX_VALUE : history.getBefore();
        CompletionStage<List<Message>> found =
                speaker.roomSession().history(new RoomName(history.getRoom()), before, limit(history.getLimit()));
        return answered(found, messages -> {
            HistoryResponseBody response = new HistoryResponseBody();
            messages.forEach(message -> response.getMessage().add(SchemaMapper.message(message)));
            return response;
        });
    }

    CompletionStage<Reply> members(Speaker speaker, MembersBody members) {
        RoomName room = new RoomName(members.getRoom());
        speaker.roomSession().checkEntry(room);
        MembersResponseBody response = new MembersResponseBody();
        response.setCount(rooms.presence().count(room));
        rooms.presence()
                .members(room, limit(members.getLimit()))
                .forEach(member -> response.getMember().add(SchemaMapper.member(member)));
        return at(response);
    }

    CompletionStage<Reply> rooms(Speaker speaker, RoomsBody asked) {
        String after = asked.getAfter() == null ? "" : asked.getAfter();
        return answered(rooms.names(), names -> {
            RoomsResponseBody response = new RoomsResponseBody();
            names.stream()
                    .filter(speaker.roomSession()::mayEnter)
                    .map(RoomName::value)
                    .filter(name -> name.compareTo(after) > 0)
                    .limit(limit(asked.getLimit()))
                    .forEach(response.getRoom()::add);
            return response;
        });
    }

    CompletionStage<Reply> typing(Speaker speaker, TypingBody typing) {
        speaker.roomSession().signal(new RoomName(typing.getRoom()), new Signal.Typing(speaker.author()));
        return at(new TypingResponseBody());
    }

    CompletionStage<Reply> read(Speaker speaker, ReadBody read) {
        RoomName room = new RoomName(read.getRoom());
        speaker.roomSession().signal(room, new Signal.Read(speaker.author(), SchemaMapper.position(read.getUpTo())));
        return at(new ReadResponseBody());
    }

    CompletionStage<Reply> call(Speaker speaker, CallBody call) {
        CompletionStage<Procedures.Result> result = procedures.call(
                speaker.roomSession().user(),
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

    private int limit(Integer asked) {
        return asked == null ? maxListed : Math.min(asked, maxListed);
    }

    private static CompletionStage<Reply> at(Object body) {
        return CompletableFuture.completedStage(Reply.of(body));
    }

    private static <T> CompletionStage<Reply> answered(CompletionStage<T> outcome, Function<T, Object> body) {
        return outcome.thenApply(value -> Reply.of(body.apply(value)));
    }
}
