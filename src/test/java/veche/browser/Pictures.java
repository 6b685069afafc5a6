package veche.browser;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** PNG files. */
public final class Pictures {

    private Pictures() {}

    public static byte[] landscape(int width, int height) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var pen = image.createGraphics();
        pen.setPaint(new java.awt.GradientPaint(0, 0, new Color(0xf4c987), 0, height, new Color(0x5b8fa8)));
        pen.fillRect(0, 0, width, height);
        pen.setColor(new Color(0x274a45));
        pen.fillOval(-width / 4, height * 2 / 3, width, height);
        pen.setColor(new Color(0x1d655a));
        pen.fillOval(width / 3, height * 3 / 4, width, height);
        pen.dispose();
        return png(image);
    }

    static byte[] noise(int width, int height) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var random = new java.util.Random(1);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, random.nextInt());
            }
        }
        return png(image);
    }

    private static byte[] png(BufferedImage image) {
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return bytes.toByteArray();
    }
}
