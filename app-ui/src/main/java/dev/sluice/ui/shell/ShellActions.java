package dev.sluice.ui.shell;

import dev.sluice.model.ops.SettingView;
import dev.sluice.ui.fx.Dialogs;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// What the window can do that reaches beyond it.
///
/// @param retry tries to connect at once
/// @param showLog shows the output of the bundled service
/// @param dialogs asks the operator
/// @param asking whether the operator is being asked something, so that keys must wait
/// @param settings the settings the service told last
public record ShellActions(
        Runnable retry,
        Runnable showLog,
        Dialogs dialogs,
        BooleanSupplier asking,
        Supplier<List<SettingView>> settings) {}
