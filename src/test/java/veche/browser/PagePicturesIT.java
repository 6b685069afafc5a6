package veche.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Detection and shrinking of pictures. */
class PagePicturesIT extends ModuleBench {

    @ParameterizedTest
    @CsvSource({
        "89504e470d0a1a0a00, image/png, png, true",
        "ffd8ffe000104a46, image/jpeg, jpg, true",
        "474946383961, image/gif, gif, true",
        "524946460000000057454250, image/webp, webp, true",
        "524946460000000057415645, audio/wav, wav, false",
        "49443304, audio/mpeg, mp3, false",
        "fffb9064, audio/mpeg, mp3, false",
        "4f67675300, audio/ogg, ogg, false",
        "664c6143, audio/flac, flac, false",
        "00000020667479704d344120, audio/mp4, m4a, false",
        "000000206674797069736f6d, video/mp4, mp4, false",
        "1a45dfa3, video/webm, webm, false",
        "255044462d312e37, application/octet-stream, pdf, false",
        "3c7376672078, application/octet-stream, bin, false",
        "3c21646f63747970652068746d6c3e, application/octet-stream, bin, false",
        "89, application/octet-stream, bin, false",
        "'', application/octet-stream, bin, false"
    })
    void bytesArePicturesOnlyByTheirMagic(String hex, String type, String extension, boolean picture) {
        var found = evaluate("""
                const { sniff } = await import('/context/js/media-type.js');
                return sniff(new Uint8Array((argument.match(/../g) ?? []).map(byte => parseInt(byte, 16))));
                """, hex);
        assertEquals(Map.of("type", type, "extension", extension, "picture", picture), found);
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/png", "image/jpeg", "image/webp"})
    void aPicturesSizeIsReadFromItsHeader(String type) {
        var found = evaluate("""
                const { pixels } = await import('/context/js/picture-size.js');
                const canvas = new OffscreenCanvas(301, 207);
                canvas.getContext('2d').fillRect(10, 10, 90, 90);
                const encodings = [0.5, 1].map(quality => canvas.convertToBlob({ type: argument, quality }));
                return Promise.all(encodings.map(async blob => pixels(await (await blob).arrayBuffer(), argument)));
                """, type);
        assertEquals(List.of(301 * 207, 301 * 207), found);
    }

    @ParameterizedTest
    @CsvSource({
        "image/gif, 47494638396110270004, 10240000",
        "image/webp, 524946460000000057454250565038580a00000000000000ffff00ffff00, 4294967296",
        "image/webp, 5249464600000000574542505650384c000000002f63c01800, 10000"
    })
    void theDeclaredSizeIsReadWithoutDecoding(String type, String hex, long claimed) {
        var found = evaluate("""
                const { pixels } = await import('/context/js/picture-size.js');
                const [type, hex] = argument.split(' ');
                return String(pixels(new Uint8Array(hex.match(/../g).map(byte => parseInt(byte, 16))).buffer, type));
                """, type + " " + hex);
        assertEquals(String.valueOf(claimed), found);
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/png", "image/jpeg", "image/webp", "image/gif"})
    void aTruncatedHeaderCountsAsInfinitelyLarge(String type) {
        var found = evaluate("""
                const { pixels } = await import('/context/js/picture-size.js');
                return pixels(new Uint8Array([0xff, 0xd8, 0xff, 0xe0]).buffer, argument) === Infinity;
                """, type);
        assertEquals(true, found);
    }

    @Test
    void aPictureIsShrunkToTheLimit() {
        var result = asMap(evaluate("""
                const { shrink } = await import('/context/js/pictures.js');
                const canvas = new OffscreenCanvas(800, 600);
                const context = canvas.getContext('2d');
                const noise = context.createImageData(800, 600);
                for (let index = 0; index < noise.data.length; index++) noise.data[index] = index % 4 === 3 ? 255 : Math.random() * 256;
                context.putImageData(noise, 0, 0);
                const large = await canvas.convertToBlob({ type: 'image/png' });
                const small = await shrink(large, 60000);
                const { width, height } = await createImageBitmap(small);
                return { before: large.size, after: small.size, type: small.type, shape: Math.round(width / height * 10) };
                """));
        assertTrue((int) result.get("before") > 1_000_000, result::toString);
        assertTrue((int) result.get("after") <= 60_000, result::toString);
        assertEquals("image/webp", result.get("type"));
        assertEquals(13, result.get("shape"));
    }

    @Test
    void aNonPictureIsNotShrunk() {
        var result = evaluate("""
                const { shrink } = await import('/context/js/pictures.js');
                return await shrink(new Blob(['<svg xmlns="http://www.w3.org/2000/svg"/>']), 10) === null;
                """);
        assertEquals(true, result);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> asMap(Object value) {
        return (Map<String, Object>) value;
    }
}
