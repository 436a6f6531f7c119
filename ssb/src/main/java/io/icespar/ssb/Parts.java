package io.icespar.ssb;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The table {@code part}. */
final class Parts {
    private static final List<String> COLORS =
            List.of(("almond antique aquamarine azure beige bisque black blanched blue"
                            + " blush brown burlywood burnished chartreuse chiffon chocolate coral cornflower cornsilk cream cyan"
                            + " dark deep dim dodger drab firebrick floral forest frosted gainsboro ghost goldenrod green grey"
                            + " honeydew hot indian ivory khaki lace lavender lawn lemon light lime linen magenta maroon medium"
                            + " metallic midnight mint misty moccasin navajo navy olive orange orchid pale papaya peach peru pink"
                            + " plum powder puff purple red rose rosy royal saddle salmon sandy seashell sienna sky slate smoke"
                            + " snow spring steel tan thistle tomato turquoise violet wheat white yellow")
                    .split(" ", -1));
    private static final List<String> SIZES = List.of("STANDARD", "SMALL", "MEDIUM", "LARGE", "ECONOMY", "PROMO");
    private static final List<String> FINISHES = List.of("ANODIZED", "BURNISHED", "PLATED", "POLISHED", "BRUSHED");
    private static final List<String> METALS = List.of("TIN", "NICKEL", "BRASS", "STEEL", "COPPER");
    private static final List<String> BOX_SIZES = List.of("SM", "LG", "MED", "JUMBO", "WRAP");
    private static final List<String> BOXES = List.of("CASE", "BOX", "BAG", "JAR", "PKG", "PACK", "CAN", "DRUM");

    private Parts() {}

    /** What one costs, in cents. */
    static int price(int key) {
        return 90_000 + key / 10 % 20_001 + 100 * (key % 1_000);
    }

    static void write(Path file, int count, Draw draw) throws IOException {
        try (CsvWriter csv = new CsvWriter(
                file,
                "p_partkey",
                "p_name",
                "p_mfgr",
                "p_category",
                "p_brand1",
                "p_color",
                "p_type",
                "p_size",
                "p_container")) {
            for (int key = 1; key <= count; key++) {
                String color = draw.oneOf(COLORS);
                String maker = "MFGR#" + draw.from(1, 5);
                String category = maker + draw.from(1, 5);
                csv.write(key);
                csv.write(color + " " + draw.oneOf(COLORS));
                csv.write(maker);
                csv.write(category);
                csv.write(category + draw.from(1, 40));
                csv.write(color);
                csv.write(draw.oneOf(SIZES) + " " + draw.oneOf(FINISHES) + " " + draw.oneOf(METALS));
                csv.write(draw.from(1, 50));
                csv.write(draw.oneOf(BOX_SIZES) + " " + draw.oneOf(BOXES));
                csv.endLine();
            }
        }
    }
}
