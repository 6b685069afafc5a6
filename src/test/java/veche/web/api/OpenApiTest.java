package veche.web.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The OpenAPI document is valid, and describes the operations that exist. */
class OpenApiTest {
    private static String document() throws IOException {
        try (InputStream document = ApiServlet.class.getResourceAsStream("openapi.json")) {
            return new String(document.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static SwaggerParseResult parsed(String document) {
        ParseOptions options = new ParseOptions();
        options.setResolve(true);
        options.setResolveFully(true);
        return new OpenAPIV3Parser().readContents(document, null, options);
    }

    private static Set<String> described(OpenAPI document) {
        Set<String> operations = new TreeSet<>();
        document.getPaths()
                .forEach((path, item) -> item.readOperationsMap()
                        .forEach((method, operation) ->
                                operations.add(method + " " + path + " " + operation.getOperationId())));
        return operations;
    }

    @Test
    void theDocumentIsValid() throws IOException {
        SwaggerParseResult result = parsed(document());
        assertEquals(List.of(), result.getMessages());
        assertEquals("3.1.0", result.getOpenAPI().getOpenapi());
    }

    @Test
    void anInvalidDocumentIsSeen() throws IOException {
        SwaggerParseResult result = parsed(document().replace("\"operationId\"", "\"operation\""));
        assertFalse(result.getMessages().isEmpty());
    }

    @Test
    void itDescribesTheOperationsThatExist() throws IOException {
        Set<String> existing = new TreeSet<>();
        for (ApiRoute route :
                Api.routes(new ApiSettings(1, Duration.ZERO, 1, 1, 1)).all()) {
            existing.add(route.method() + " " + route.template() + " " + route.name());
        }
        assertEquals(existing, described(parsed(document()).getOpenAPI()));
    }

    @Test
    void everyVariableOfAPathIsDescribed() throws IOException {
        parsed(document())
                .getOpenAPI()
                .getPaths()
                .forEach((path, item) -> item.readOperations()
                        .forEach(operation -> assertEquals(
                                path.chars().filter(c -> c == '{').count(),
                                operation.getParameters() == null
                                        ? 0
                                        : operation.getParameters().stream()
                                                .filter(parameter -> "path".equals(parameter.getIn()))
                                                .count(),
                                () -> path + " " + Map.of("operation", operation.getOperationId()))));
    }
}
