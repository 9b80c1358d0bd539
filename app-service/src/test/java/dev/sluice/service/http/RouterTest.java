package dev.sluice.service.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RouterTest {
    private static final Handler NOTHING = _ -> {};

    private final Router router = new Router();

    @Test
    void literalsWinOverNamesFromTheLeft() {
        router.get("/a/{x}/c", Access.PUBLIC, NOTHING)
                .get("/{y}/b/c", Access.PUBLIC, NOTHING)
                .get("/a/b/{z}", Access.PUBLIC, NOTHING);

        assertThat(pattern("/a/b/c")).isEqualTo("/a/b/{z}");
        assertThat(pattern("/a/x/c")).isEqualTo("/a/{x}/c");
        assertThat(pattern("/x/b/c")).isEqualTo("/{y}/b/c");
    }

    @Test
    void nameTakesOneWholeSegment() {
        router.get("/a/{x}", Access.PUBLIC, NOTHING);

        assertThat(match("/a/b%2Fc").parameters()).isEqualTo(Map.of("x", "b%2Fc"));
        assertThat(found("/a/").methods()).isEmpty();
        assertThat(found("/a/b/c").methods()).isEmpty();
        assertThat(found("/a/b/").methods()).isEmpty();
        assertThat(found("a/b").methods()).isEmpty();
        assertThat(found("*").methods()).isEmpty();
    }

    @Test
    void trailingSlashIsAnotherPath() {
        router.get("/a", Access.PUBLIC, NOTHING).get("/a/", Access.PUBLIC, NOTHING);

        assertThat(pattern("/a")).isEqualTo("/a");
        assertThat(pattern("/a/")).isEqualTo("/a/");
    }

    @Test
    void methodsOfAllPatternsThatFitAreAllowed() {
        router.get("/a/{x}", Access.PUBLIC, NOTHING).post("/a/b", Access.CLIENT, NOTHING);

        assertThat(found("/a/b").allow()).isEqualTo("GET, HEAD, OPTIONS, POST");
        assertThat(found("/a/b").match("DELETE")).isNull();
        assertThat(Objects.requireNonNull(found("/a/b").match("GET")).route().pattern())
                .isEqualTo("/a/{x}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a/{x}", "/a/{other}"})
    void sameTargetTwiceIsRefused(String again) {
        router.get("/a/{x}", Access.PUBLIC, NOTHING);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> router.get(again, Access.CLIENT, NOTHING))
                .withMessageContaining(again);
    }

    @Test
    void patternStartsWithASlash() {
        assertThatIllegalArgumentException().isThrownBy(() -> router.get("a", Access.PUBLIC, NOTHING));
    }

    private RouteTable.Found found(String path) {
        return new RouteTable(router.routes()).find(path);
    }

    private RouteTable.Match match(String path) {
        return Objects.requireNonNull(found(path).match("GET"));
    }

    private String pattern(String path) {
        return match(path).route().pattern();
    }
}
