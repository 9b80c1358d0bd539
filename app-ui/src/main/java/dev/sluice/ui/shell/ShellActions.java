package dev.sluice.ui.shell;

/// What the window can do that reaches beyond it.
///
/// @param retry tries to connect at once
/// @param showLog shows the output of the bundled service
public record ShellActions(Runnable retry, Runnable showLog) {}
