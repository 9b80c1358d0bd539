package dev.sluice.ui.shell;

import dev.sluice.ui.parts.ConditionLevel;
import dev.sluice.ui.store.Freshness;

/// Everything the window says of its connection at one moment.
///
/// @param freshness how far the figures may be believed
/// @param connection the connection in a few words
/// @param failing whether the last attempt to connect failed
/// @param lastEvent how long ago the service was heard; empty before the first time
/// @param banner what is wrong and what is done about it; empty if nothing is
/// @param gaps how often and how much was missed
/// @param gapped whether anything was missed
/// @param worst the worst level of what is watched
/// @param conditions how many there are of the worst level; empty if nothing is watched
/// @param allConditions how many there are of each level
/// @param person who the service takes the operator for
/// @param service the service's address and version
/// @param simulated whether the provider is simulated, so that no answer is real
/// @param trustMode whether clients need no token
/// @param readOnly whether this operator may only look
/// @param exposed whether the token crosses a network unencrypted
/// @param paused whether the figures stand still by the operator's will
/// @param unseen how much happened since; empty unless paused
record Status(
        Freshness freshness,
        String connection,
        boolean failing,
        String lastEvent,
        String banner,
        String gaps,
        boolean gapped,
        ConditionLevel worst,
        String conditions,
        String allConditions,
        String person,
        String service,
        boolean simulated,
        boolean trustMode,
        boolean readOnly,
        boolean exposed,
        boolean paused,
        String unseen) {}
