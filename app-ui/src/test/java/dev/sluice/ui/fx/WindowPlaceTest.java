package dev.sluice.ui.fx;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.geometry.Rectangle2D;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowPlaceTest {
    private static final Rectangle2D LEFT = new Rectangle2D(0, 0, 1920, 1040);
    private static final Rectangle2D RIGHT = new Rectangle2D(1920, 0, 2560, 1400);

    @Test
    void staysWhereItCanBeReached() {
        var place = new WindowPlace(2_000, 40, 1_440, 900, false);

        assertThat(place.rescued(List.of(LEFT, RIGHT))).isEqualTo(place);
    }

    @Test
    void comesToTheMainScreenWhenItsOwnIsGone() {
        var place = new WindowPlace(2_000, 40, 1_440, 900, true);

        assertThat(place.rescued(List.of(LEFT))).isEqualTo(new WindowPlace(240, 70, 1_440, 900, true));
    }

    @Test
    void aTitleBarAboveTheScreenIsOutOfReach() {
        var place = new WindowPlace(100, -30, 800, 600, false);

        assertThat(place.rescued(List.of(LEFT))).isEqualTo(new WindowPlace(560, 220, 800, 600, false));
    }

    @Test
    void shrinksToASmallerScreen() {
        var place = new WindowPlace(5_000, 0, 3_000, 2_000, false);

        assertThat(place.rescued(List.of(LEFT))).isEqualTo(new WindowPlace(0, 0, 1_920, 1_040, false));
    }

    @Test
    void placeAndLooksAreRemembered(@TempDir Path folder) {
        var memory = new ConsoleMemory(folder.resolve("deep/console.json"));
        var kept = new ConsoleMemory.Kept(new WindowPlace(1, 2, 1_000, 700, false), Theme.DARK, Density.COMPACT);

        memory.keep(kept);

        assertThat(memory.recall()).isEqualTo(kept);
    }

    @Test
    void aBrokenMemoryIsForgotten(@TempDir Path folder) throws Exception {
        var file = folder.resolve("console.json");
        Files.writeString(file, "{\"theme\": \"PLAID\"");

        assertThat(new ConsoleMemory(file).recall()).isEqualTo(ConsoleMemory.Kept.FIRST);
    }
}
