package dev.sluice.ui.fx;

import javafx.scene.layout.Region;

/// A bar of slots: those in use, those allowed, those configured. What it shows is said in words beside it.
public final class Meter extends Region {
    private static final double HEIGHT = 10;

    private final Region allowed = new Region();
    private final Region used = new Region();
    private double usedShare;
    private double allowedShare;

    /// Creates an empty bar.
    public Meter() {
        getStyleClass().add("meter");
        allowed.getStyleClass().add("meter-allowed");
        used.getStyleClass().add("meter-used");
        getChildren().addAll(allowed, used);
        setMinHeight(HEIGHT);
        setPrefHeight(HEIGHT);
        setMaxHeight(HEIGHT);
    }

    /// Shows so many of so many.
    public void show(int inUse, int mayBe, int atMost, String words) {
        double whole = Math.max(1, Math.max(atMost, inUse));
        usedShare = inUse / whole;
        allowedShare = Math.min(1, mayBe / whole);
        setAccessibleText(words);
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        allowed.resizeRelocate(0, 0, getWidth() * allowedShare, getHeight());
        used.resizeRelocate(0, 0, getWidth() * usedShare, getHeight());
    }
}
