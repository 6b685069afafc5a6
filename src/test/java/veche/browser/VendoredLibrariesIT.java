package veche.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import veche.npm.Node;

/** The vendored libraries are identical to the npm packages. */
@Tag("browser")
class VendoredLibrariesIT {
    private static final Path VENDOR = Path.of("src/main/webapp/vendor");

    @ParameterizedTest
    @CsvSource({
        "wampy-8.0.2/wampy.min.js, wampy/dist/browser/wampy.min.js",
        "wampy-8.0.2/LICENSE, wampy/LICENSE",
        "msgpack-3.1.3/msgpack.min.js, @msgpack/msgpack/dist.umd/msgpack.min.js",
        "msgpack-3.1.3/LICENSE, @msgpack/msgpack/LICENSE"
    })
    void aVendoredFileIsThatOfThePackage(String vendored, String original) throws IOException {
        Path packages = Node.find().install(Path.of("src/test/npm/page")).resolve("node_modules");
        assertEquals(-1, Files.mismatch(VENDOR.resolve(vendored), packages.resolve(original)), vendored);
    }

    @Test
    void nothingElseIsVendored() throws IOException {
        try (var files = Files.walk(VENDOR)) {
            assertEquals(4, files.filter(Files::isRegularFile).count());
        }
    }
}
