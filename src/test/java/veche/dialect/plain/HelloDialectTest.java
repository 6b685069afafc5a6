package veche.dialect.plain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import veche.dialect.DialectSession;

class HelloDialectTest {
    private final RecordingClient client = new RecordingClient();

    @ParameterizedTest
    @CsvSource({
        "Меня зовут Джон, en, 'Привет с сервера, Джон!', Пока!",
        "'меня  зовут Анна-Мария.', en, 'Привет с сервера, Анна-Мария!', Пока!",
        "Меня зовут, en, 'Привет с сервера, Гость!', Пока!",
        "My name is John, ru, 'Hello from server, John!', Bye!",
        "'hi, my name is O’Neill and so on', ru, 'Hello from server, O’Neill!', Bye!",
        "Hi, ru, 'Hello from server, Guest!', Bye!",
        "123, ru, 'Привет с сервера, Гость!', Пока!",
        "123, en, 'Hello from server, Guest!', Bye!",
        "My name is Иван, en, 'Привет с сервера, Иван!', Пока!"
    })
    void greetsByNameInTheLanguageOfTheTextAndCloses(String sent, String language, String greeting, String farewell) {
        client.open(new HelloDialect(), Map.of(), Locale.forLanguageTag(language))
                .onText(sent);
        assertEquals(List.of("send " + greeting, "close 1000 " + farewell + " after PT5S"), client.calls);
    }

    @Test
    void greetsAgainButSchedulesOneClose() {
        DialectSession hello = client.open(new HelloDialect(), Map.of(), Locale.ENGLISH);
        hello.onText("Hi");
        hello.onText("My name is John");
        assertEquals(3, client.calls.size());
        assertTrue(client.calls.get(2).contains("John"));
    }

    @Test
    void rejectsBinaryMessages() {
        client.open(new HelloDialect(), Map.of(), Locale.ENGLISH).onBinary(ByteBuffer.allocate(1));
        assertEquals(List.of("close 1003"), client.calls);
    }
}
